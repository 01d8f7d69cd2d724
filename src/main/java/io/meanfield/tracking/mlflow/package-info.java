/**
 * Sends runs and versions of models to a tracking server of MLflow over its REST API.
 *
 * <p>Imports tracking, store, settings and json. Start reading at {@link
 * io.meanfield.tracking.mlflow.MlflowTracking}.
 */
package io.meanfield.tracking.mlflow;
