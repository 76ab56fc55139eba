import type { Locale } from '../../domain/meeting/state.js';
import type { Tone } from '../document.js';

/**
 * Ink on paper and one accent (look.md, Colour), inline because mail programs drop style sheets; text contrast is at
 * least 4.5:1 in both schemes. The classes carry only the dark scheme, for the programs that read a style sheet.
 */
export const colour = {
  page: '#f2f4f6',
  paper: '#ffffff',
  ink: '#1b1f24',
  muted: '#57606a',
  line: '#d5dae0',
  accent: '#0b57a4',
};

/** Background, text, and the bar at the side. */
export const tones: Record<Tone, { back: string; ink: string; bar: string }> = {
  urgent: { back: '#fdecea', ink: '#8a1c12', bar: '#b3261e' },
  caution: { back: '#fff3dc', ink: '#5f3f00', bar: '#b87500' },
  ended: { back: '#eceff2', ink: '#3b434c', bar: '#6b7580' },
};

/** `safe…`: ours alone, so that it needs no escaping. */
export const safeDarkScheme = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.page{background:#14171a!important}
.paper{background:#1e2226!important;border-color:#3a4148!important}
.ink{color:#e6e8ea!important}
.muted{color:#a8b1ba!important}
.line{border-color:#3a4148!important}
.link{color:#8cc2ff!important}
.main{background:#2566ad!important;border-color:#2566ad!important}
.main a{color:#ffffff!important}
.side{background:#1e2226!important;border-color:#8cc2ff!important}
.side a{color:#8cc2ff!important}
.urgent{background:#41201d!important;color:#ffb4ab!important}
.caution{background:#3d2e0c!important;color:#ffd58a!important}
.ended{background:#2b3036!important;color:#c9d0d7!important}
}
@media (max-width:480px){.pad{padding:20px 16px!important}}
`
  .trim()
  .replaceAll('\n', '');

const fonts: Record<Locale, string> = {
  'zh-TW': `'PingFang TC','Microsoft JhengHei','Noto Sans TC','Noto Sans CJK TC'`,
  'zh-CN': `'PingFang SC','Microsoft YaHei','Noto Sans SC','Noto Sans CJK SC'`,
  en: `'Segoe UI',Roboto,'Helvetica Neue',Arial`,
};

/** look.md, Type: system fonts, 16 px body, line height 1.6 for Chinese, 1.5 for Latin. */
export function bodyFont(locale: Locale): string {
  const height = locale === 'en' ? '1.5' : '1.6';
  return `font-family:-apple-system,BlinkMacSystemFont,${fonts[locale]},sans-serif;font-size:16px;line-height:${height}`;
}
