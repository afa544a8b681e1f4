import type { Job, Schedule } from "./job.ts";

/** A scalar of YAML 1.2 that nothing reads as anything but text: JSON strings are YAML. */
function scalar(text: string): string {
  return JSON.stringify(text.toWellFormed());
}

/** What a CronJob needs beside the job. */
export interface KubernetesOptions {
  readonly image: string;
}

/**
 * A CronJob (kubernetes.io, batch/v1). Configuration comes from a ConfigMap, secrets from a Secret, the history stays in a volume; the container may write nowhere else. A run
 * with findings ends with another code than 0, and is not to be tried again.
 */
export function kubernetesCronJob({ name, description, argv, folder, cron, limitSeconds, jitterSeconds }: Job, { image }: KubernetesOptions): Schedule {
  const container = [
    `            - name: ${name}`, `              image: ${scalar(image)}`, `              command: [${argv.map(scalar).join(", ")}]`, `              workingDir: ${scalar(folder)}`,
    "              envFrom:", `                - secretRef: { name: ${scalar(`${name}-secrets`)}, optional: true }`,
    "              securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: [ALL] } }",
    "              volumeMounts:", `                - { name: history, mountPath: ${scalar(folder)} }`, `                - { name: configuration, mountPath: "/etc/umpreflight", readOnly: true }`, `                - { name: temporary, mountPath: "/tmp" }`,
  ];
  const lines = [
    "apiVersion: batch/v1", "kind: CronJob", "metadata:", `  name: ${name}`, "  annotations:", `    description: ${scalar(description)}`,
    "spec:", `  schedule: ${scalar(cron.text)}`, "  concurrencyPolicy: Forbid", "  startingDeadlineSeconds: 3600", "  successfulJobsHistoryLimit: 3", "  failedJobsHistoryLimit: 3",
    "  jobTemplate:", "    spec:", "      backoffLimit: 0", `      activeDeadlineSeconds: ${limitSeconds + jitterSeconds}`,
    "      template:", "        spec:", "          restartPolicy: Never", "          automountServiceAccountToken: false", "          terminationGracePeriodSeconds: 60", "          securityContext: { runAsNonRoot: true, runAsUser: 10001, fsGroup: 10001 }",
    "          containers:", ...container,
    "          volumes:", `            - { name: history, persistentVolumeClaim: { claimName: ${scalar(`${name}-history`)} } }`, `            - { name: configuration, configMap: { name: ${scalar(`${name}-configuration`)} } }`, "            - { name: temporary, emptyDir: {} }", "",
  ];
  return {
    files: [{ name: `${name}.yaml`, text: lines.join("\n") }],
    notes: [
      `kubectl create configmap ${name}-configuration --from-file=umpreflight.yaml`,
      `Passwords: kubectl create secret generic ${name}-secrets --from-literal=NAME=... ; refer to them as { env: NAME }.`,
      `The claim ${name}-history must be a volume with real file locks (no NFS): the history is an SQLite database.`,
      ...(jitterSeconds > 0 ? ["Kubernetes has no random delay for CronJobs; spread the minutes by hand."] : []),
    ],
  };
}
