/** P8: the owner of a material hands it in: a file or a link, again and again until the close. */
import type { FastifyRequest } from 'fastify';
import { problem } from '../../api/errors.js';
import { storeFile } from '../../api/materials/hand-in.js';
import { extensions } from '../../api/materials/names.js';
import { mostMegabytes, receiving } from '../../api/materials/receive.js';
import { link } from '../../api/schemas/base.js';
import { findMaterial } from '../../domain/meeting/prepared.js';
import type { Material, Topic } from '../../domain/meeting/state.js';
import { webLink } from '../../render/text.js';
import { z } from 'zod';
import { Heading, Moment } from '../facts.js';
import { checked, possible, run } from '../form.js';
import type { FormContext, LinkForm } from '../form.js';
import { Facts, FileInput, Input, Note, State, Text } from '../parts.js';
import type { Filled } from '../parts.js';

const linkBody = z.strictObject({ link: link().optional() });

export const materialForm: LinkForm = {
  show(context, filled) {
    const { say, state, claims } = context;
    const title = say('forms.title.material');
    const there = findMaterial(state, claims.ref ?? '');
    const body = (
      <>
        <Heading context={context} title={title} />
        {there === undefined ? (
          <Note text={say('forms.material.gone')} />
        ) : (
          <HandIn context={context} filled={filled} topic={there.topic} material={there.material} />
        )}
      </>
    );
    return { title, body };
  },
  act: () => problem('BadInput', 'P8.fileNeeded', 'file'),
  upload: (context, request) => handIn(context, request),
};

async function handIn(context: FormContext, request: FastifyRequest): Promise<string> {
  const { api, state, claims, actor } = context;
  const id = claims.ref ?? '';
  const there = findMaterial(state, id) ?? problem('NotFound', 'P8.noSuchMaterial', '', { id });
  const at = { topicId: there.topic.topicId, materialId: id };
  await api.dryRun('material', state.id, at, actor);
  return receiving(request, async ({ fields, file }) => {
    const said = checked(linkBody, { link: fields['link'] });
    if (file === undefined && said.link === undefined) problem('BadInput', 'P8.fileNeeded', 'file');
    if (file !== undefined && said.link !== undefined) problem('BadInput', 'P8.oneOf', 'link');
    if (file === undefined) await run(context, 'material', { ...at, ...(said.link && { link: said.link }) });
    else await run(context, 'material', { ...at, file: await storeFile(api.deps, there.topic, file) });
    api.meetings.forget(state.id);
    return 'material';
  });
}

interface Shown {
  context: FormContext;
  filled: Filled;
  topic: Topic;
  material: Material;
}

function HandIn({ context, filled, topic, material }: Shown): JSX.Element {
  const { say, now } = context;
  const missing = material.file === undefined && material.link === undefined;
  const open = possible(context, 'material', { topicId: topic.topicId, materialId: material.id });
  const ended = !['preparation', 'notice', 'execution'].includes(context.state.phase);
  const mark = missing ? (material.dueAt < now ? 'missed' : 'due') : 'ontime';
  const version = say('forms.material.version', { version: material.version ?? 1 });
  return (
    <>
      {open ? '' : <Note text={say(ended ? 'forms.material.frozen' : 'forms.link.readOnly')} />}
      <p class="sentence" safe>
        {material.title}
      </p>
      <Facts
        facts={[
          [say('forms.label.topic'), <Text of={topic.title} />],
          [say('forms.label.due'), <Moment context={context} at={material.dueAt} />],
          [say('forms.label.status'), <State mark={mark} word={missing ? say('forms.material.none') : version} />],
          [say('forms.label.handedIn'), missing ? undefined : <Content context={context} material={material} />],
        ]}
      />
      {open ? <Ask context={context} filled={filled} topic={topic} material={material} /> : ''}
    </>
  );
}

function Content({ context, material }: { context: FormContext; material: Material }): JSX.Element {
  const { file, link: to } = material;
  if (file === undefined)
    return (
      <a href={webLink(to)} rel="noopener noreferrer" safe>
        {to ?? ''}
      </a>
    );
  return (
    <>
      <a href={`/r/${context.token}/files/${material.id}`} safe>
        {file.name}
      </a>{' '}
      <span class="soft" safe>
        {sizeOf(file.size)}
      </span>
    </>
  );
}

const sizeOf = (bytes: number): string =>
  bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;

function Ask({ context, filled, topic, material }: Shown): JSX.Element {
  const { say, telling } = context;
  const again = material.version !== undefined;
  return (
    <>
      {topic.format === 'free' ? '' : <Templates context={context} />}
      <form method="post" enctype="multipart/form-data" novalidate>
        <FileInput
          filled={filled}
          name="file"
          label={say('forms.field.file')}
          help={say('forms.help.file', { max: mostMegabytes, types: extensions })}
          accept={[...extensions, 'jpeg'].map((e) => `.${e}`).join(',')}
        />
        <Input filled={filled} name="link" type="text" label={say('forms.field.link')} help={say('forms.help.link')} />
        <div class="buttons">
          <button type="submit" lang={telling.locale} safe>
            {say(again ? 'forms.submit.materialAgain' : 'forms.submit.material')}
          </button>
        </div>
      </form>
    </>
  );
}

function Templates({ context }: { context: FormContext }): JSX.Element {
  const { say, telling } = context;
  return (
    <>
      <p safe>{say('forms.material.common')}</p>
      {['xlsx', 'docx'].map((kind) => (
        <p>
          <a href={`/v1/templates/common.${kind}?lang=${telling.locale}`} safe>
            {say('forms.material.template', { kind })}
          </a>
        </p>
      ))}
    </>
  );
}
