import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate for this machine that nobody else trusts, and the file that makes a client trust it. */
export const testCertificate = (): { key: Buffer; certificate: Buffer; path: string } => {
  const folder = mkdtempSync(join(tmpdir(), 'attesta-certificate-'));
  const [key, path] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const words =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost';
  const also = ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  execFileSync('openssl', [...words.split(' '), ...also, '-keyout', key, '-out', path], {
    stdio: 'pipe',
  });
  return { key: readFileSync(key), certificate: readFileSync(path), path };
};
