/**
 * Exports models as ONNX, and computes each file's outputs for comparison with those of the model:
 * {@code export.input} describes what an exported model takes, {@code export.onnx} writes and runs
 * ONNX.
 *
 * <p>Imports scorer, batch and every package below batch. Start reading at {@link
 * io.meanfield.export.Export}.
 */
package io.meanfield.export;
