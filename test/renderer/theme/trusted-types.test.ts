import { expect, test } from 'vitest';
import { withoutMarkup } from '../../../renderer/theme/trusted-types.ts';

test('S62: text with any markup is refused, a style sheet passes unchanged', () => {
  for (const markup of ['<img src=x>', 'a < b', '&lt;', '</style><script>']) {
    expect(() => withoutMarkup(markup)).toThrow(TypeError);
  }
  const css = ':root{--a:#fff}@media (min-width:48em){.x > .y{color:red}}';
  expect(withoutMarkup(css)).toBe(css);
});
