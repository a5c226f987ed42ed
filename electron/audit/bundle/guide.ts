import { decodeHex } from '../../../shared/domain/hex.ts';
import { fingerprintOf } from '../../evidence/trust/fingerprint.ts';
import { noteKey, writeVkey } from '../head/note.ts';
import { PAYLOAD_TYPE } from '../statement/statement.ts';
import { CHECKPOINT, DECISION_EXAMPLE, HEAD_EXAMPLE, MANIFEST, MANIFEST_ENVELOPE, SUMS } from './layout.ts';
import { MANIFEST_TYPE, type Manifest, withheldText } from './manifest.ts';

type Facts = Omit<Manifest, 'files'>;

/** AUDIT.md: what the bundle says, and how a person checks it without anything of ours. `deskHex` signed it. */
export function auditGuide(facts: Facts, deskHex: string): string {
  const vkey = writeVkey(noteKey(facts.origin, decodeHex(deskHex) ?? new Uint8Array()));
  const parts = [opening(facts, deskHex), byCommand(), files(), head(), manifest()];
  if (facts.decisions.signed > 0) parts.push(decision(vkey));
  parts.push(rest());
  return `${parts.join('\n\n')}\n`;
}

function opening(facts: Facts, deskHex: string): string {
  const { range, entries, decisions, evidence, previous, checkpoint } = facts;
  const last = previous === null ? '' : `It says that it follows the checkpoint of size ${previous.size}.\n`;
  return `# How to check this bundle

It holds entries ${range.from} up to, not with, ${range.to} of the log \`${facts.origin}\`: ${entries.whole} whole, ${entries.hashed} as
hashes alone. Decisions: ${decisions.signed} signed, ${decisions.unsigned} from before decisions were signed. Evidence: ${evidence.files} files, ${evidence.hashes} by
hash alone, ${evidence.removed} removed before. Withheld fields: ${withheldText(facts) ?? 'none'}.
The log's head at its end has size ${checkpoint.size} and root \`${checkpoint.root}\`.
${last}
Nothing in here says whom to trust. Get the fingerprint of the desk's key over another way, from a person you know:

    ${fingerprintOf(deskHex)}

It is the SHA-256 of the key's 32 bytes:

    openssl pkey -pubin -in ${HEAD_EXAMPLE.key} -outform DER | tail -c 32 | sha256sum`;
}

function byCommand(): string {
  return `## With the desk's command line
It needs no store and no network. TRUST is a file with the public keys that you confirmed, PREVIOUS the checkpoint that
you kept from the last bundle (its \`checkpoint.txt\`):

    vex-review-desk verify BUNDLE --trust TRUST --previous PREVIOUS

The rest of this page does without it. Unpack the bundle (\`unzip BUNDLE\`) and stay in its folder.`;
}

function files(): string {
  return `## 1. The files are those that were written

    sha256sum -c ${SUMS}

Pieces of evidence are named by their own SHA-256; a file that \`${SUMS}\` does not name is no part of the bundle, but for the
two of the manifest. Who made the sums, they do not say: the manifest names them by their hash (this prints 1), and step 3
says who signed the manifest.

    grep -c "\\"${SUMS}\\",\\"sha256\\":\\"$(sha256sum < ${SUMS} | cut -c 1-64)\\"" ${MANIFEST}`;
}

function head(): string {
  return `## 2. The desk signed the log's head

    openssl pkeyutl -verify -pubin -inkey ${HEAD_EXAMPLE.key} -rawin -in ${HEAD_EXAMPLE.text} -sigfile ${HEAD_EXAMPLE.signature}

\`${HEAD_EXAMPLE.text}\` is the text of \`${CHECKPOINT}\` up to its empty line: the log's name, its size, its root in base64.
The first command says nothing where it is; the second prints the root as it stands above.

    sed '/^$/,$d' ${CHECKPOINT} | cmp - ${HEAD_EXAMPLE.text}
    sed -n 3p ${CHECKPOINT} | base64 -d | od -An -v -tx1 | tr -d ' \\n'`;
}

function manifest(): string {
  return `## 3. The desk signed the manifest, which names every file

    { printf 'DSSEv1 ${MANIFEST_TYPE.length} %s %d ' ${MANIFEST_TYPE} "$(wc -c < ${MANIFEST})"; cat ${MANIFEST}; } > manifest.pae
    sed 's/.*"sig":"\\([^"]*\\)".*/\\1/' ${MANIFEST_ENVELOPE} | base64 -d > manifest.sig
    openssl pkeyutl -verify -pubin -inkey ${HEAD_EXAMPLE.key} -rawin -in manifest.pae -sigfile manifest.sig`;
}

function decision(vkey: string): string {
  const { leaf, pae, signature, key, proof } = DECISION_EXAMPLE;
  return `## 4. One decision, as an example
Its entry in the log is \`${leaf}\`, byte for byte. Its statement is signed; what is signed, the signature and the key lie
beside it. The key is the reviewer's, or the desk's where the statement says \`"signed_by":"desk"\`: compare its fingerprint.

    openssl pkeyutl -verify -pubin -inkey ${key} -rawin -in ${pae} -sigfile ${signature}
    openssl pkey -pubin -in ${key} -outform DER | tail -c 32 | sha256sum

That it is the entry's own statement that was signed (the last command says nothing where it is so; \`statement.json\` is
what to read):

    sed 's/.*"payload":"\\([^"]*\\)".*/\\1/' ${leaf} | base64 -d > statement.json
    { printf 'DSSEv1 ${PAYLOAD_TYPE.length} %s %d ' ${PAYLOAD_TYPE} "$(wc -c < statement.json)"; cat statement.json; } | cmp - ${pae}

The entry's hash in the tree (RFC 6962) is SHA-256 of a zero byte and the entry:

    { printf '\\000'; cat ${leaf}; } | sha256sum

\`${proof}\` has its path to the head. A public tool for transparency logs climbs it (Go, with network):

    go run filippo.io/torchwood/cmd/spicy@v0.6.1 -verify '${vkey}' ${leaf}`;
}

function rest(): string {
  return `## All others
Every line of \`log/\` is an entry, whole or as its hash. The tree over all of them, with \`proofs/range.json\` on the left,
has the root that the head names: so none was changed, added or left out. docs/formats/bundle.md of the desk says how to
compute it, and all else that a verifier must do; it takes a few hundred lines in any language.

## What it does not prove
That the desk showed its log to nobody else in another form: compare checkpoints with others, or have witnesses sign
them. That times are right: they are the desk's clock. What the records in \`records/\` say beyond the log: they are the
desk's word, signed with the manifest.`;
}
