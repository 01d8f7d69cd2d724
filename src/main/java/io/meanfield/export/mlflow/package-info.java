/**
 * Writes models for MLflow: the ONNX file, what a pandas DataFrame must hold, and the Python module
 * that reads it.
 *
 * <p>Imports export, export.input, data, data.column, data.encoding, evaluate, evaluate.metric,
 * scorer, store.file and error. Start reading at {@link io.meanfield.export.mlflow.MlflowModel}.
 */
package io.meanfield.export.mlflow;
