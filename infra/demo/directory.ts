import type { MeetingAnswer } from '../../api/schemas/answers.js';
import type { Stage } from './stage.js';

const invented = 'demo.head@example.com';

/** H4, H5: people and departments that the scenario wants known before anything else. */
export async function directory(stage: Stage): Promise<void> {
  const { scenario, api } = stage.props;
  for (const { email, ...person } of scenario.people) await api.put(`/v1/people/${encodeURIComponent(email)}`, person);
  for (const { name, head, parent } of scenario.departments) {
    const body = { ...(head === undefined ? {} : { head }), ...(parent === undefined ? {} : { parent }) };
    await api.put(`/v1/departments/${encodeURIComponent(name)}`, body);
  }
}

/** F3: somebody must stand above who misses three dates: a head among the participants, the sponsor, or an invented one. */
export async function ensureHead(stage: Stage, meeting: MeetingAnswer): Promise<void> {
  const { slow } = stage.cast;
  const { api, scenario } = stage.props;
  if (scenario.departments.some((d) => d.name === slow.department && d.head !== undefined && d.head !== slow.email))
    return;
  const head = meeting.participants.find(
    (p) => p.role === 'head' && p.department.name === slow.department && p.person !== slow.id,
  );
  const department = `/v1/departments/${encodeURIComponent(slow.department)}`;
  if (head) return void (await api.put(department, { head: head.person }));
  if (meeting.sponsor !== undefined && meeting.sponsor.id !== slow.id) return;
  const name = stage.words.line('head');
  await api.put(department, { head: invented });
  await api.put(`/v1/people/${encodeURIComponent(invented)}`, { name });
  stage.detail(stage.words.say('inventedHead', { department: slow.department, name }), 'dim');
}
