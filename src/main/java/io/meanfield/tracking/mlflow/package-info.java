/**
 * Sends runs to a tracking server of MLflow over its REST API.
 *
 * <p>Imports tracking, store, store.file and settings. Start reading at {@link
 * io.meanfield.tracking.mlflow.MlflowTracking}.
 */
package io.meanfield.tracking.mlflow;
