/** Y1, R2: why a change of the norms, or a proposal, is not taken. */
export const normErrors: Record<string, string> = {
  'Y1.unknown': '没有“{name}”这项规范。请使用 GET /v1/norms 列出的名称。',
  'Y1.number': '“{norm}”必须是数字。请填写数字，或用 null 恢复标准值。',
  'Y1.time': '“{norm}”必须是时间 HH:MM，例如 16:30。',
  'Y1.bounds': '“{norm}”必须介于 {min} 与 {max} 之间。',
  'Y1.whole': '“{norm}”必须是整数(分数可到一位小数)。',
  'Y1.order': '“{norm}”({value})与“{than}”({other})不能并存。请一并修改两者。',
  'Y1.pmo': '请只填写一个人员或一个部门。',
  'Y1.empty': '请至少写出一项要修改的规范。',
  'Y1.past': '生效日不能早于今天({today})。进行中的会议维持原规范，请选今天或之后的日期。',
  'Y1.tooFar': '生效日太远，最晚为 {latest}。',
  'Y1.stale': '规范已由他人修改(目前最新为第 {newest} 版)。请重新读取后再修改。',
  'Y1.noSuchVersion': '没有第 {version} 版规范。请查看 GET /v1/norms/history。',
  'Y1.inForce': '第 {version} 版已生效，无法撤回。请另作修改。',
  'Y1.notAllowed': '只有管理员或项目管理办公室可以修改规范。请联系其中一位。',
};
