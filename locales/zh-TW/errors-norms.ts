/** Y1, R2: why a change of the norms, or a proposal, is not taken. */
export const normErrors: Record<string, string> = {
  'Y1.unknown': '沒有「{name}」這項規範。請使用 GET /v1/norms 列出的名稱。',
  'Y1.number': '「{norm}」必須是數字。請填寫數字，或以 null 恢復標準值。',
  'Y1.time': '「{norm}」必須是時間 HH:MM，例如 16:30。',
  'Y1.bounds': '「{norm}」必須介於 {min} 與 {max} 之間。',
  'Y1.whole': '「{norm}」必須是整數(分數可到一位小數)。',
  'Y1.order': '「{norm}」({value})與「{than}」({other})不能並存。請一併修改兩者。',
  'Y1.pmo': '請只填寫一個人員或一個部門。',
  'Y1.empty': '請至少寫出一項要修改的規範。',
  'Y1.past': '生效日不能早於今天({today})。進行中的會議維持原規範，請選今天或之後的日期。',
  'Y1.tooFar': '生效日太遠，最晚為 {latest}。',
  'Y1.stale': '規範已由他人修改(目前最新為第 {newest} 版)。請重新讀取後再修改。',
  'Y1.noSuchVersion': '沒有第 {version} 版規範。請查看 GET /v1/norms/history。',
  'Y1.inForce': '第 {version} 版已生效，無法撤回。請另作修改。',
  'Y1.notAllowed': '只有管理員或專案管理辦公室可以修改規範。請洽其中一位。',
};
