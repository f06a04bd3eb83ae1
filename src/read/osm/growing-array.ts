type TypedArray = Float64Array | Uint32Array | Int32Array;

/** A typed array that doubles when it is full: eight (or four) bytes a value, no objects. */
class GrowingArray<T extends TypedArray> {
  private readonly create: (length: number) => T;
  private values: T;
  private used = 0;

  constructor(create: (length: number) => T) {
    this.create = create;
    this.values = create(1024);
  }

  get length(): number {
    return this.used;
  }

  push(value: number): void {
    if (this.used === this.values.length) {
      const larger = this.create(this.used * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.used++] = value;
  }

  at(index: number): number {
    return this.values[index] ?? 0;
  }

  /** The values so far, without a copy: valid until the next push. */
  view(): T {
    return this.values.subarray(0, this.used) as T;
  }
}

export const growingFloats = () => new GrowingArray((length) => new Float64Array(length));
export const growingCounts = () => new GrowingArray((length) => new Uint32Array(length));
