/** Which characters a font can show, read from its own table of them, so that no text is printed as empty boxes. */
import { closeSync, openSync, readSync } from 'node:fs';

/** A set of code points as ranges, ascending. */
export interface Coverage {
  starts: Uint32Array;
  ends: Uint32Array;
}

/** OpenType: the table "cmap", its subtable of format 12 (all planes). Only these bytes of the file are read. */
export function coverageOf(path: string): Coverage {
  const file = openSync(path, 'r');
  const read = (at: number, length: number): Buffer => {
    const bytes = Buffer.alloc(length);
    if (readSync(file, bytes, 0, length, at) < length) throw new Error(`${path} is shorter than it says`);
    return bytes;
  };
  try {
    const tables = read(12, 16 * read(4, 2).readUInt16BE());
    const entry = rows(tables, 16).find((row) => row.toString('latin1', 0, 4) === 'cmap');
    if (entry === undefined) throw new Error(`${path} has no table of characters`);
    const cmap = read(entry.readUInt32BE(8), entry.readUInt32BE(12));
    const parts = rows(cmap.subarray(4, 4 + 8 * cmap.readUInt16BE(2)), 8).map((row) => row.readUInt32BE(4));
    const part = parts.find((at) => cmap.readUInt16BE(at) === 12);
    if (part === undefined) throw new Error(`${path} has no table of all characters`);
    const groups = rows(cmap.subarray(part + 16, part + 16 + 12 * cmap.readUInt32BE(part + 12)), 12);
    return {
      starts: Uint32Array.from(groups, (group) => group.readUInt32BE(0)),
      ends: Uint32Array.from(groups, (group) => group.readUInt32BE(4)),
    };
  } finally {
    closeSync(file);
  }
}

const rows = (bytes: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));

export function has({ starts, ends }: Coverage, codePoint: number): boolean {
  let [low, high] = [0, starts.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (codePoint < starts[middle]!) high = middle - 1;
    else if (codePoint > ends[middle]!) low = middle + 1;
    else return true;
  }
  return false;
}

/** What is printed as nothing needs no glyph: controls, joiners, selectors. */
const unseen = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

export function lacking(coverage: Coverage, text: string): string[] {
  return [...new Set(text)].filter((c) => !unseen.test(c) && !has(coverage, c.codePointAt(0)!));
}
