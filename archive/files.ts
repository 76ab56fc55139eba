import type { Instant } from '../domain/calendar/index.js';
import type { MaterialFile, MeetingId, PersonId } from '../domain/meeting/state.js';
import type { Driver } from './driver.js';
import type { FilesPort } from './ports.js';

/** One version of a material as the archive keeps it. */
export interface KeptFile {
  topicId: string;
  materialId: string;
  version: number;
  title: string;
  owner: PersonId;
  /** One of these two. */
  file?: MaterialFile;
  link?: string;
  by?: PersonId;
  at: Instant;
  frozenAt?: Instant;
}

export interface Files extends FilesPort {
  /** Oldest version first. */
  versions(meetingId: MeetingId, materialId: string): Promise<KeptFile[]>;
}

const keep = {
  name: 'keep_file',
  text: `insert into record.files
      (meeting_id, topic_id, material_id, version, title, owner, hash, size, type, name, link, by_person, at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    on conflict (meeting_id, material_id, version) do update set topic_id = excluded.topic_id, title = excluded.title,
      owner = excluded.owner, hash = excluded.hash, size = excluded.size, type = excluded.type, name = excluded.name,
      link = excluded.link, by_person = excluded.by_person, at = excluded.at
    where record.files.frozen_at is null`,
};
const freeze = {
  name: 'freeze_files',
  text: 'update record.files set frozen_at = $2 where meeting_id = $1 and frozen_at is null',
};
const versions = {
  name: 'file_versions',
  text: `select json_strip_nulls(json_build_object('topicId', f.topic_id, 'materialId', f.material_id, 'version', f.version,
      'title', f.title, 'owner', f.owner, 'link', f.link, 'file', case when f.hash is not null then
        json_build_object('hash', f.hash, 'size', f.size, 'type', f.type, 'name', f.name) end,
      'by', f.by_person, 'at', f.at, 'frozenAt', f.frozen_at)) as found
    from record.files f where f.meeting_id = $1 and f.material_id = $2 order by f.version`,
};

export function createFiles(driver: Driver): Files {
  return {
    async keep(meetingId, at, { topicId, materialId, version, title, owner, file, link, by }) {
      const bytes = [file?.hash ?? null, file?.size ?? null, file?.type ?? null, file?.name ?? null];
      const values = [topicId, materialId, version, title, owner, ...bytes, link ?? null, by.person ?? null, at];
      await driver.run(keep, [meetingId, ...values]);
    },
    async freeze(meetingId, at) {
      await driver.run(freeze, [meetingId, at]);
    },
    async versions(meetingId, materialId) {
      const rows = await driver.run(versions, [meetingId, materialId]);
      return rows.map((row) => row['found'] as KeptFile);
    },
  };
}
