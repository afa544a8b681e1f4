import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { pkiServer } from "../../src/lab/deployment/hosts.ts";
import { type Publications, publicationsOf } from "../../src/lab/http/publications.ts";
import { answerHttp } from "../../src/lab/http/server.ts";
import type { Pki } from "../../src/lab/pki.ts";
import type { Deployment } from "../../src/lab/types.ts";
import { readLab } from "./lab-description.ts";

/** The web server of the authorities, in the lab's network namespace. */
export interface Publisher {
  /** Publishes what the certificates that the lab has now point to. */
  readonly publish: (deployment: Deployment) => void;
  readonly close: () => Promise<void>;
}

/** The lab's certificates and keys, from its files. */
function readPki(lab: string, deployment: Deployment): Pki {
  const { certificates } = readLab(lab);
  return new Map(
    deployment.certificates.map((spec) => {
      const files = certificates[spec.id];
      if (files === undefined) throw new Error(`the lab has no certificate ${spec.id}`);
      const pem = readFileSync(join(lab, files.certificate), "utf8");
      const x509 = new X509Certificate(pem);
      return [spec.id, { spec, pem, der: x509.raw, keyPem: readFileSync(join(lab, files.key), "utf8"), thumbprint: files.thumbprint, x509 }];
    }),
  );
}

/** Starts the web server that the certificates name, at its address in the deployment and port 80. */
export async function startPublisher(lab: string, deployment: Deployment): Promise<Publisher> {
  const read = (given: Deployment): Publications => publicationsOf(readPki(lab, given), new Date());
  let publications = read(deployment);
  const server = createServer((request, response) => {
    answerHttp(request, response, publications, undefined).catch(() => response.socket?.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(80, pkiServer.address, resolve);
  });
  return {
    publish: (given) => {
      publications = read(given);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
