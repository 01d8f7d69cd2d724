/**
 * The commands of the registry of models.
 *
 * <p>Imports cli.command, error, pipeline.retrain, pipeline.run, pipeline.settings, pipeline.train,
 * registry, report, settings, store and tracking.mlflow. Start reading at {@link
 * io.meanfield.cli.models.ModelsCommand}.
 */
package io.meanfield.cli.models;
