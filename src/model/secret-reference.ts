/** Where a secret is found; never the secret itself. */
export type SecretReference = { readonly env: string } | { readonly file: string } | { readonly prompt: true };
