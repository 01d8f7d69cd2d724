/**
 * The native libraries of a process and the kernels with which they compute: which level a
 * processor runs, how a level is selected before the libraries load, which GPUs CUDA shows, and how
 * much memory the libraries may use. The package does not depend on Spark.
 *
 * <p>Imports error. Start reading at {@link io.meanfield.kernels.Kernels}, then {@link
 * io.meanfield.kernels.NativeLibraries}.
 */
package io.meanfield.kernels;
