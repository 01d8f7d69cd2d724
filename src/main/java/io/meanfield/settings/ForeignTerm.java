package io.meanfield.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What other tools of the field call a setting or a command of Meanfield.
 *
 * @param reason why there is nothing of this meaning; empty if the target has it
 * @param target a key of the settings, perhaps with a value, or a command
 */
public record ForeignTerm(Optional<String> reason, String target) {
  private static final String TREES = "there are no trees";
  private static final String CORES =
      "the number of cores is Spark's, such as --master local[4] before the command";

  private static final Map<String, ForeignTerm> SETTINGS =
      table(
          Stream.of(
              term("data.train.path", "data, input, train, train-data, training-data, train-path"),
              term("data.test.path", "test, test-data, test-path"),
              term("data.test-fraction", "test-size, test-split, test-ratio, holdout"),
              term(
                  "data.validation-fraction",
                  "val-split, validation-split, val-size, validation-size, val-fraction,"
                      + " valid-fraction, validation-data, eval-set"),
              none(
                  "there are no folds",
                  "data.validation-fraction",
                  "cv, folds, n-folds, k-fold, n-splits, cross-validation"),
              term(
                  "data.columns.label",
                  "label, label-col, label-column, class-column, target, target-col, target-column,"
                      + " y, response"),
              term("data.columns.targets", "targets, target-cols, target-columns"),
              term(
                  "data.columns.features",
                  "features, features-col, feature-cols, feature-columns, input-cols, x"),
              term(
                  "data.columns.categorical",
                  "categorical, cat-features, categorical-feature, categorical-features,"
                      + " categorical-columns, cat-cols"),
              term(
                  "data.columns.exclude",
                  "exclude, exclude-cols, drop, drop-columns, ignore-column, ignore-columns,"
                      + " ignored-features, ignored-columns"),
              term("data.columns.id", "id, id-col, id-column, index-col"),
              term("data.columns.time", "time-col, time-column, timestamp-column, date-column"),
              term("data.columns.group", "group, groups, group-col, group-column, group-id"),
              term(
                  "data.columns.weight",
                  "weight, weights, weight-col, weight-column, sample-weight, sample-weights"),
              term(
                  "data.balance = class-weights",
                  "balance, balanced, class-weight, class-weights, auto-class-weights,"
                      + " scale-pos-weight, pos-weight, is-unbalance, balance-classes,"
                      + " oversampling"),
              term(
                  "data.columns.scale",
                  "scale, scaler, scaling, normalize, normalise, standardize"),
              term("data.columns.impute", "impute, imputer, missing, missing-values, fillna, na"),
              term("data.columns.bins", "max-bin, max-bins, n-bins, num-bins"),
              term("data.csv.delimiter", "delimiter, sep, separator"),
              term("data.csv.encoding = windows-1252", "encoding, charset"),
              term(
                  "network.hidden-layers",
                  "hidden-layer-sizes, hidden-layers, hidden-units, hidden-size, layers,"
                      + " layer-sizes, units, hidden"),
              none(
                  "dropout is a layer, such as { dropout = 0.2 }",
                  "network.hidden-layers",
                  "dropout, dropout-rate, dropout-prob"),
              none(
                  "each layer has its own activation, such as { dense = 64, activation = relu }",
                  "network.hidden-layers",
                  "activation, activation-function"),
              none(
                  TREES,
                  "network.hidden-layers",
                  "max-depth, max-leaves, num-leaves, min-child-weight, min-data-in-leaf,"
                      + " min-samples-leaf, min-samples-split, gamma, subsample, colsample-bytree,"
                      + " feature-fraction, bagging-fraction, tree-method, boosting-type, booster"),
              none(
                  TREES,
                  "train.epochs",
                  "n-estimators, num-round, num-rounds, num-boost-round, num-trees, ntrees, trees"),
              term("network.loss", "loss, loss-function, objective, criterion"),
              term("network.optimizer.name", "optimizer, optimiser, solver, opt"),
              term(
                  "network.optimizer.learning-rate",
                  "learning-rate, learning-rate-init, lr, eta, step-size, base-lr"),
              term(
                  "network.optimizer.weight-decay",
                  "weight-decay, l2, l2-reg, reg-lambda, lambda-l2, l2-leaf-reg, reg-param"),
              none(
                  "there is no L1 penalty",
                  "network.optimizer.weight-decay",
                  "l1, l1-reg, reg-alpha, lambda-l1, elastic-net-param"),
              term(
                  "network.optimizer.clip-norm",
                  "clip-norm, max-grad-norm, gradient-clip-val, gradient-clipping"),
              term("network.optimizer.momentum", "momentum"),
              term(
                  "network.optimizer.schedule.name",
                  "scheduler, schedule, lr-scheduler, lr-schedule, learning-rate-schedule"),
              term("network.optimizer.schedule.warmup-steps", "warmup, warmup-steps, warmup-ratio"),
              term(
                  "train.epochs",
                  "epochs, epoch, n-epochs, num-epochs, max-epochs, num-train-epochs, iterations,"
                      + " num-iterations, n-iter, max-iter, max-steps"),
              term("train.batch-size", "batch-size, batch, minibatch-size, mini-batch-size"),
              term(
                  "train.early-stopping.patience",
                  "patience, early-stopping, early-stopping-rounds, early-stopping-round,"
                      + " num-early-stopping-rounds, stopping-rounds, n-iter-no-change, od-wait"),
              term(
                  "train.early-stopping.monitor",
                  "monitor, metric, metrics, eval-metric, scoring, stopping-metric"),
              term("train.members", "ensemble, members, n-models, num-members, bagging"),
              term("train.workers", "workers, num-workers, n-workers"),
              none(CORES, "train.workers", "n-jobs, nthread, nthreads, num-threads, thread-count"),
              term("train.threshold", "threshold, decision-threshold, cutoff"),
              term("train.precision", "precision, dtype, mixed-precision, amp, bf16, fp16"),
              none(
                  "Spark assigns GPUs (docs/engines.md#gpus)",
                  "network.engine",
                  "gpu, gpus, use-gpu, device, device-type, accelerator, cuda"),
              term("run.seed", "seed, random-seed, random-state"),
              term(
                  "run.directory",
                  "output, output-dir, model-dir, save-dir, log-dir, checkpoint-dir, runs"),
              term("tracking.mlflow.uri", "mlflow, tracking-uri, mlflow-uri")));

  private static final Map<String, ForeignTerm> COMMANDS =
      table(
          Stream.of(
              term("init", "new, create, setup, start, configure, schema, profile, explore"),
              term("train", "fit, learn, run, fine-tune, resume, continue"),
              term("evaluate", "eval, test, validate, metrics, benchmark"),
              term("predict", "score, infer, inference, apply, transform, classify"),
              term(
                  "search",
                  "tune, hyperopt, optimize, optimise, sweep, grid-search, random-search, automl,"
                      + " optuna"),
              none(
                  "the page of a run has the importance of each column",
                  "open",
                  "importance, importances"),
              term("explain", "explainer, shap, interpret, why, contributions"),
              term("serve", "server, deploy, rest, endpoint, http"),
              term("export", "onnx, save, publish, package"),
              term("compare", "diff, contrast"),
              term("open", "report, page, view, dashboard, ui, plot"),
              term("watch", "follow, tail, monitor, logs, progress"),
              term("prepare", "preprocess, convert, cache, load"),
              term("doctor", "check, diagnose, env"),
              term("runs list", "list, ls, history"),
              term("runs show", "describe, info, status, inspect"),
              term("runs delete", "delete, rm, remove, clean, prune, gc"),
              term("models register", "register"),
              term("models promote", "promote, champion"),
              term("models rollback", "rollback, revert, undo"),
              term("models reproduce", "reproduce, verify, replay"),
              term("retrain", "refresh, update, nightly, schedule")));

  /** Returns the setting that a key of another tool means; empty if it is not known. */
  static Optional<ForeignTerm> setting(String path) {
    return Optional.ofNullable(SETTINGS.get(normal(path.substring(path.lastIndexOf('.') + 1))));
  }

  /** Returns the setting that an option of another tool means; empty if it is not known. */
  public static Optional<ForeignTerm> settingOfOption(String option) {
    return setting(option.replaceFirst("^-+", "").replaceFirst("=.*", ""));
  }

  /** Returns the command that a word of another tool means; empty if it is not known. */
  public static Optional<ForeignTerm> command(String word) {
    return Optional.ofNullable(COMMANDS.get(normal(word)));
  }

  /** Returns "did you mean TARGET?", or the reason and the target. */
  public String advice() {
    return reason
        .map(why -> why + "; the nearest is " + target)
        .orElse("did you mean " + target + "?");
  }

  /** Returns the names of settings of other tools; for tests. */
  static Map<String, ForeignTerm> settings() {
    return SETTINGS;
  }

  /** Returns the names of commands of other tools; for tests. */
  static Map<String, ForeignTerm> commands() {
    return COMMANDS;
  }

  private record Row(ForeignTerm term, List<String> names) {}

  private static Row term(String target, String names) {
    return new Row(new ForeignTerm(Optional.empty(), target), List.of(names.split(",\\s*")));
  }

  private static Row none(String reason, String target, String names) {
    return new Row(new ForeignTerm(Optional.of(reason), target), List.of(names.split(",\\s*")));
  }

  private static Map<String, ForeignTerm> table(Stream<Row> rows) {
    Map<String, ForeignTerm> table = new HashMap<>();
    rows.forEach(row -> row.names().forEach(name -> table.put(normal(name), row.term())));
    return Map.copyOf(table);
  }

  /** Returns a name without case and separators: learning_rate, learningRate and learning-rate. */
  private static String normal(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }
}
