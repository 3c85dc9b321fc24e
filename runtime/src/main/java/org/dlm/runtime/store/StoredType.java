package org.dlm.runtime.store;

/** Element types a safetensors file may hold, and how many bits one takes. */
public enum StoredType {
  F64(64), F32(32), F16(16), BF16(16), I64(64), I32(32), I16(16), I8(8), U8(8), BOOL(8),
  // Known by name, so that a file that has them elsewhere can still be read; converted by nobody yet.
  U64(64), U32(32), U16(16), F8_E4M3(8), F8_E5M2(8);

  final int bits;

  StoredType(int bits) {
    this.bits = bits;
  }

  boolean readable() {
    return ordinal() <= BOOL.ordinal();
  }

  boolean floating() {
    return this == F64 || this == F32 || this == F16 || this == BF16;
  }
}
