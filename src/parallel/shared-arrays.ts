type NumberArray = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

function isNumberArray(value: unknown): value is NumberArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/**
 * The same value with every number array in it laid into shared memory, once: threads then read it where it lies.
 *
 * Arrays that are shared already stay where they are. Cost O(bytes), once a run and not once a thread.
 */
export function shareArrays<T>(value: T): T {
  if (isNumberArray(value)) return shared(value) as T;
  if (Array.isArray(value)) return value.some(isNumberArray) ? (value.map(shareArrays) as T) : value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, shareArrays(entry)])) as T;
}

function shared(array: NumberArray): NumberArray {
  if (array.buffer instanceof SharedArrayBuffer) return array;
  const type = array.constructor as new (buffer: SharedArrayBuffer) => NumberArray;
  const copy = new type(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
}

/** Buffers that can change hands with a value rather than be copied: those of all number arrays in it that are not shared. */
export function buffersOf(value: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const collect = (part: unknown): void => {
    if (isNumberArray(part)) {
      if (part.buffer instanceof ArrayBuffer) buffers.add(part.buffer);
    } else if (typeof part === 'object' && part !== null) Object.values(part).forEach(collect);
  };
  collect(value);
  return [...buffers];
}
