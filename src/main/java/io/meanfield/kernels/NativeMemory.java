package io.meanfield.kernels;

import java.io.Serializable;
import org.bytedeco.javacpp.Pointer;

/**
 * JavaCPP's limits of memory in this process, in bytes; 0 for no limit.
 *
 * @param buffers the limit of all of JavaCPP's buffers, outside of the heap
 * @param process the limit of the whole process, heap included
 */
public record NativeMemory(long buffers, long process) implements Serializable {
  /** Returns the limits of this process. */
  public static NativeMemory here() {
    NativeLibraries.configure();
    return new NativeMemory(Pointer.maxBytes(), Pointer.maxPhysicalBytes());
  }
}
