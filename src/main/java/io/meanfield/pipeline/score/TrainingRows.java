package io.meanfield.pipeline.score;

import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.Split;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.source.ReadContext;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.baseline.BaselineChoice;
import io.meanfield.evaluate.baseline.Baselines;
import io.meanfield.network.Model;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.train.ModelReference;
import io.meanfield.pipeline.train.Prepared;
import io.meanfield.store.Manifest;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The rows that a model has learned from, read again for the baselines of its evaluation. Driver
 * only.
 *
 * @param run the manifest of the run that trained the model
 */
record TrainingRows(JobContext job, ModelReference reference, Manifest run) {
  private static final String EXAMPLES = "data.train.examples";
  private static final String WORKERS = "workers";

  /**
   * Returns the baselines of a model; empty if it is not known which rows of {@code data.train} it
   * has learned from, or if {@code auto} wants none because they are too many.
   *
   * @param test the examples to evaluate
   * @throws UserException if the rows cannot be read, or are not those of the training any more
   */
  static Optional<Baselines> baselines(
      JobContext job, ModelReference reference, BaselineChoice choice, Dataset test) {
    return ModelReference.runOf(job.catalog(), reference.name())
        .filter(run -> run.json().hasPath(EXAMPLES) && run.json().hasPath("seed"))
        .map(run -> new TrainingRows(job, reference, run))
        .filter(rows -> choice == BaselineChoice.ALL || rows.split().training() < Baselines.MOST)
        .flatMap(rows -> reference.encoder().flatMap(encoder -> rows.read(encoder, test)));
  }

  private Split split() {
    return new Split(
        run.json().getLong(EXAMPLES),
        count("data.train.validation"),
        count("data.train.test"),
        run.json().hasPath(WORKERS) ? run.json().getInt(WORKERS) : 1,
        run.json().getLong("seed"),
        run.json().hasPath("data.train." + Prepared.DIVIDED_BY),
        1);
  }

  private long count(String key) {
    return run.json().hasPath(key) ? run.json().getLong(key) : 0;
  }

  private Optional<Baselines> read(TableEncoder encoder, Dataset test) {
    boolean isShare = test.whole() != test;
    if (!isShare && !job.settings().data().train().isSet()) {
      return Optional.empty();
    }
    Dataset data = isShare ? test.whole() : open(encoder);
    requireSame(data);
    Model model = reference.model();
    Split split = split();
    return Optional.of(
        new Baselines(
            job.spark(),
            model,
            encoder,
            data.blocks().map(block -> training(block, split)).filter(block -> block.count() > 0),
            split.training()));
  }

  private Dataset open(TableEncoder encoder) {
    int classes = reference.model().network().settings().labelClasses();
    return job.settings()
        .data()
        .train()
        .open(
            ReadContext.of(job.sparkContext(), classes)
                .withEncoder(Optional.of(encoder))
                .withBadRows(job.settings().data().badRows())
                .withTargets());
  }

  private void requireSame(Dataset data) {
    String recorded = run.string("data.train.fingerprint").orElse("");
    String found = data.fingerprint();
    if (!found.equals(recorded)) {
      throw UserException.of(
          ErrorCode.DATA_UNREADABLE,
          "%s holds other examples (%s) than when %s was trained (%s), so its baselines would learn"
              + " from other rows; restore the data, or set run.baselines = none",
          data.display(),
          found,
          reference.name(),
          recorded);
    }
  }

  private static Examples training(Examples block, Split split) {
    long[] positions = block.ids().clone();
    split.permutation().applyAll(positions);
    return block.select(
        IntStream.range(0, positions.length).filter(row -> split.isTraining(positions[row])));
  }
}
