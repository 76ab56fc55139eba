/** R5: words of a question that say nothing about what is looked for, folded and simplified. */
const chinese =
  '的 了 是 在 和 与 及 或 有 也 就 都 而 于 之 对 为 把 被 让 向 从 到 以 并 很 我 你 他 她 它 这 那 个 吗 呢 吧 请 ' +
  '什么 怎么 怎样 如何 哪些 哪个 哪里 为何 为什么 是否 多少 请问 我们 你们 他们 这个 那个 有没有 可以 以及 关于';
const english =
  'the a an of in on at to for and or with by from as about into is are was were be been it its this that these those we our ' +
  'you your they their what how why which who whom when where do does did has have had can could should would will there';

const all = new Set(`${chinese} ${english}`.split(' '));

export const isSmall = (word: string): boolean => all.has(word);
