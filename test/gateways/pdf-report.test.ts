import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, test } from 'vitest';
import { Fonts } from '../../electron/gateways/files/pdf/fonts.ts';
import type { ReportModel } from '../../electron/gateways/files/pdf/report-model.ts';
import { writeReport } from '../../electron/gateways/files/pdf/write-report.ts';
import { needsShowing } from '../../shared/domain/text/ranges.ts';
import { projectRoot } from '../helpers/project-root.ts';
import { cover, decisionPage, reportOf, request, summaryOf } from './pdf-models.ts';
import { objectsOf, pageTexts } from './pdf-reader.ts';

const FONTS = join(projectRoot, 'node_modules');

async function written(report: ReportModel): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  await writeReport({ write: async (bytes) => void chunks.push(bytes) }, report, FONTS);
  return Buffer.concat(chunks);
}

const SCRIPTS = {
  Latin: 'Plain “words”, fi ffi, a != b, Zoë, Việt Nam, 47.094,00 €',
  Greek: 'Παρακαλώ εγκρίνετε την πληρωμή',
  Cyrillic: 'Пожалуйста, одобрите платёж',
  Devanagari: 'कृपया भुगतान स्वीकृत करें क्षत्रिय स्थिति',
  Chinese: '请批准这笔付款',
  Japanese: '支払いを承認してください',
  Korean: '결제를 승인해 주세요',
};
const DECEPTIVE =
  'account \u202e9177\u202c zero\u200bwidth \u{e0041}\u{e0050} \u001b[31mred \u00a0 \ufeff Z\u0335\u0336\u0337\u0338\u0334algo';

describe('a report as PDF', () => {
  let pages: string[] = [];
  let file: Buffer = Buffer.alloc(0);

  beforeAll(async () => {
    const explanation = [...Object.values(SCRIPTS), 'שלום עולם', 'السلام عليكم', 'ไทย', '🙂', DECEPTIVE].join('\n');
    const decisions = [1, 2, 3].map((n) => decisionPage(n, n === 2 ? { request: request({ explanation }) } : {}));
    file = await written(reportOf(decisions));
    pages = pageTexts(file);
  });

  test('S72: holds nothing active and names nothing outside of itself', () => {
    const ACTIVE =
      /\/(JS|JavaScript|Launch|URI|EmbeddedFiles?|Filespec|GoToR|GoToE|SubmitForm|ImportData|RichMedia|XFA|AcroForm|AA|OpenAction|Annots|Movie|Sound|Rendition|Encrypt)\b/;
    for (const { dictionary, stream } of objectsOf(file).values()) {
      expect(dictionary).not.toMatch(ACTIVE);
      if (!dictionary.includes('/Length1') && !dictionary.includes('CIDFontType0C')) {
        expect(stream?.toString('latin1') ?? '').not.toMatch(ACTIVE);
      }
    }
  });

  test('S72: a text that spells such a name stays a text', async () => {
    const evil = '/JS (app.alert(1)) /URI (http://evil.example) /Launch ) endobj \\) >> EMC ET Q क्षत्रिय)/JS(x';
    const one = decisionPage(1, { request: request({ explanation: evil, target: evil }) });
    const made = await written(reportOf([one], { tenant: evil, title: evil, query: evil, generator: evil }));
    const dictionaries = [...objectsOf(made).values()].map(({ dictionary }) => dictionary);
    for (const dictionary of dictionaries) expect(dictionary).not.toMatch(/\/(JS|URI|Launch)\b/);
    expect(pageTexts(made).join('\n').replaceAll('\n', '')).toContain('/JS (app.alert(1)) /URI (http://evil.example)');
  });

  test.each(Object.entries(SCRIPTS))('gives %s back letter by letter', (_, text) => {
    const [first] = text.split(' ');
    expect(pages.join('\n')).toContain(first);
    expect(pages.join('').replaceAll('\n', '')).toContain(text);
  });

  test('lays out Hebrew and Arabic from right to left, joined, and never through a substitute', () => {
    const letters = (word: string) => [...word].reverse().join('');
    const all = pages.join('\n');
    expect(all).toContain(letters('שלום'));
    // The ligature of lam and alef is one glyph of two letters, which keep their own order.
    expect(all).toContain(letters('عليكم'));
    expect(all).toContain('لا');
    const shaped = new Fonts(FONTS).face('arabic');
    const joined = shaped.font.layout('عليكم', ['rtla']).glyphs.map(({ id }) => id);
    const apart = [...'عليكم'].map((letter) => shaped.font.glyphForCodePoint(letter.codePointAt(0) ?? 0).id);
    expect(joined.reverse()).not.toEqual(apart);
  });

  test('S63, S65: shows what would not be seen by its name, and other letters by their code point', () => {
    const all = pages.join('\n');
    for (const shown of [
      '<RLO 202E>',
      '<PDF 202C>',
      '<ZWSP 200B>',
      '<TAG “AP” ×2>',
      '<ESC 001B>',
      '<NBSP 00A0>',
      '<◌ ×5>',
    ]) {
      expect(all).toContain(shown);
    }
    for (const shown of ['U+0E44', 'U+0E17', 'U+0E22', 'U+1F642']) expect(all).toContain(shown);
    for (const letter of all) expect(letter === '\n' || !needsShowing(letter.codePointAt(0) ?? 0)).toBe(true);
  });

  test('says above the agent’s words what is odd in them', () => {
    expect(pages.join('\n')).toContain('[BIDI_CONTROL]');
    expect(pages.join('\n')).toContain('[TAG_TEXT]');
  });

  test('embeds every font that it uses', () => {
    const all = [...objectsOf(file).values()].map(({ dictionary }) => dictionary);
    const used = all.filter((dictionary) => /\/Type \/Font\n/.test(dictionary));
    expect(used.length).toBeGreaterThan(10);
    for (const font of used) expect(font).toMatch(/\/Subtype \/(Type0|CIDFontType[02])\n/);
    const descriptors = all.filter((dictionary) => dictionary.includes('/Type /FontDescriptor'));
    expect(descriptors.length).toBe(used.length / 2);
    for (const descriptor of descriptors) expect(descriptor).toMatch(/\/FontFile[23] \d+ 0 R/);
  });

  test('has the number of the page, of all pages, and the manifest’s digest on each', () => {
    for (const [i, page] of pages.entries()) {
      expect(page.replaceAll('\n', '')).toContain(`${i + 1} of ${pages.length}`);
      expect(page).toContain(`manifest SHA-256 ${cover.manifest_sha256}`);
    }
  });

  test('begins each decision on a page of its own, and names it on those that follow', () => {
    const begun = pages.filter((page) => /^Decision \d+$/m.test(page));
    expect(begun.length).toBe(3);
    for (const page of pages.slice(2)) expect(page).toMatch(/^Decision \d+(, continued)?$/m);
  });

  test('depends on its model alone: the same bytes each time', async () => {
    const of = () => written(reportOf([decisionPage(1)]));
    expect((await of()).equals(await of())).toBe(true);
    expect((await of()).equals(await written(reportOf([decisionPage(2)])))).toBe(false);
  });
});

describe('what a report says', () => {
  const textOf = async (report: ReportModel) => pageTexts(await written(report)).join('\n');

  test('cover: tenant, range, query, rows, what was left out, generator, checkpoint, what is proven and what not', async () => {
    const text = await textOf(reportOf([decisionPage(1)]));
    const { tenant, query, left_out, generator, checkpoint } = cover;
    for (const said of [tenant, query, left_out, generator, checkpoint?.origin, checkpoint?.root])
      expect(text).toContain(said);
    expect(text).toContain('What this report proves');
    expect(text).toContain('What it does not prove');
  });

  test('without a checkpoint it says that nothing can be checked', async () => {
    expect(await textOf(reportOf([decisionPage(1)], { checkpoint: null }))).toContain('None was signed');
  });

  test('of the sample, each page says so', async () => {
    const pages = pageTexts(await written(reportOf([decisionPage(1)], { sample: true })));
    for (const page of pages) expect(page).toMatch(/sample ledger/i);
  });

  test('each check of each piece of evidence, with its verdict and digest', async () => {
    const text = await textOf(reportOf([decisionPage(1)]));
    for (const name of ['structure', 'root', 'signature', 'pcrs']) expect(text).toContain(`\n${name}\n`);
    expect(text).toContain('Failed: Not the gate’s signature over this root.');
    expect(text).toContain('Unchecked: No PCR baseline is pinned. [NO_BASELINE]');
    expect(text).toContain(`SHA-256 ${'cd'.repeat(32)}`);
  });

  test('I6: what came resolved is never called approved', async () => {
    const one = decisionPage(1);
    const { decision } = one.escalation;
    if (decision === null) throw new Error('the model has a decision');
    const escalation = { ...one.escalation, decision: { ...decision, outcome: 'unknown' as const } };
    const text = await textOf(reportOf([{ ...one, escalation }]));
    expect(text).toContain('Resolved');
    expect(text).not.toContain('Approved');
  });

  test('what is withheld is named, and nothing stands in its place', async () => {
    const one = decisionPage(1);
    const {
      reviewer: _reviewer,
      reason: _reason,
      ...decision
    } = one.escalation.decision ?? { reviewer: '', reason: '' };
    const escalation = { ...one.escalation, decision: decision as typeof one.escalation.decision };
    const text = await textOf(reportOf([{ ...one, escalation, withheld: ['reviewer', 'reason'] }]));
    expect(text.match(/withheld from this export/g)?.length).toBe(2);
  });
});

describe('a report of any length', () => {
  test('a long text goes on over pages, every line of it numbered', async () => {
    const lines = Array.from({ length: 300 }, (_, i) => `line ${i + 1} of the agent`);
    const one = decisionPage(1, { request: request({ explanation: lines.join('\n') }) });
    const pages = pageTexts(await written(reportOf([one])));
    const all = pages.join('\n').split('\n');
    for (const [i, line] of lines.entries()) expect(all[all.indexOf(line) - 1]).toBe(String(i + 1));
  });

  test('each decision’s pages are handed on before the next one is read', async () => {
    let bytes = 0;
    const seen: number[] = [];
    async function* decisions() {
      for (let n = 1; n <= 6; n += 1) {
        seen.push(bytes);
        yield decisionPage(n);
      }
    }
    const report = { ...reportOf([]), decisions: decisions() };
    const count = async (chunk: Uint8Array) => {
      bytes += chunk.length;
    };
    await writeReport({ write: count }, report, FONTS);
    for (const [i, before] of seen.entries()) if (i > 0) expect(before).toBeGreaterThan((seen[i - 1] ?? 0) + 1000);
  });

  test('memory does not grow with the number of decisions', async () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const held: number[] = [];
    function* decisions() {
      for (let n = 1; n <= 900; n += 1) {
        if (n % 300 === 0) collect();
        if (n % 300 === 0) held.push(process.memoryUsage().heapUsed);
        yield decisionPage(n);
      }
    }
    function* rows() {
      for (let n = 1; n <= 900; n += 1) yield summaryOf(decisionPage(n));
    }
    await writeReport({ write: async () => undefined }, { cover, summary: rows(), decisions: decisions() }, FONTS);
    // Kept pages would be 20 MB and more.
    expect((held[2] ?? 0) - (held[0] ?? 0)).toBeLessThan(12e6);
  });
});
