import { setTimeout as delay } from 'node:timers/promises';
import { type Connection, isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import proto, { type temporal } from '@temporalio/proto';

/** As in `workflows/contracts.ts`: name → type of a custom search attribute. */
export type SearchAttributeKind = 'Text' | 'Keyword' | 'Int' | 'Double' | 'Bool' | 'Datetime' | 'KeywordList';
export type SearchAttributes = Readonly<Record<string, SearchAttributeKind>>;

const knownWithinMs = 90_000;
/** gRPC's code for a query that names an unknown attribute. */
const invalidArgument = 3;

const { IndexedValueType } = proto.temporal.api.enums.v1;
const wireTypes: Record<SearchAttributeKind, temporal.api.enums.v1.IndexedValueType> = {
  Text: IndexedValueType.INDEXED_VALUE_TYPE_TEXT,
  Keyword: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  Int: IndexedValueType.INDEXED_VALUE_TYPE_INT,
  Double: IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE,
  Bool: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
  Datetime: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
  KeywordList: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
};

/**
 * Creates those of `wanted` that the namespace lacks; does nothing when all are there. Also for the embedded server: its
 * own `--search-attribute` flag is ignored on a database that exists already. Throws when one exists with another type.
 */
export async function ensureSearchAttributes(
  connection: Connection,
  namespace: string,
  wanted: SearchAttributes,
): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing: Record<string, temporal.api.enums.v1.IndexedValueType> = {};
  for (const [name, kind] of Object.entries(wanted)) {
    const present = customAttributes[name];
    if (present === undefined) missing[name] = wireTypes[kind];
    else if (present !== wireTypes[kind]) throw new Error(wrongKind(namespace, name, present, kind));
  }
  if (Object.keys(missing).length === 0) return;
  try {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
  } catch (error) {
    // Another process that starts at the same time may have been first.
    const after = await connection.operatorService.listSearchAttributes({ namespace });
    if (Object.keys(missing).some((name) => after.customAttributes[name] === undefined)) throw error;
  }
  await untilKnown(connection, namespace, Object.keys(missing));
}

/**
 * A cluster's frontends go on for up to a minute with the attributes that they know of, and meanwhile refuse to start a
 * meeting that has a new one; a query that names them all shows when they have looked again.
 */
async function untilKnown(connection: Connection, namespace: string, names: string[]): Promise<void> {
  const query = names.map((name) => `${name} IS NULL`).join(' AND ');
  for (const until = Date.now() + knownWithinMs; ; await delay(500)) {
    try {
      await connection.workflowService.listWorkflowExecutions({ namespace, query, pageSize: 1 });
      return;
    } catch (error) {
      if (!(isGrpcServiceError(error) && Number(error.code) === invalidArgument) || Date.now() > until) throw error;
    }
  }
}

function wrongKind(namespace: string, name: string, present: number, wanted: SearchAttributeKind): string {
  const type = IndexedValueType[present] ?? String(present);
  return (
    `The search attribute ${name} of the Temporal namespace ${namespace} is of type ${type}, Convoke needs ${wanted}. ` +
    'Rename or remove it (temporal operator search-attribute), or set TEMPORAL_NAMESPACE to another namespace.'
  );
}

/** How long closed meetings stay to be looked at in the Temporal UI: the server's own default of a day is too short. */
export async function keepClosedFor(connection: Connection, namespace: string, days: number): Promise<void> {
  await connection.workflowService.updateNamespace({
    namespace,
    config: { workflowExecutionRetentionTtl: msToTs(days * 86_400_000) },
  });
}
