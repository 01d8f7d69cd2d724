package io.meanfield.evaluate.inspection;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.evaluate.metric.PredictionBlock;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;

/** What one partition of predictions, or several, contribute to an inspection. */
@DefaultSerializer(JavaSerializer.class)
final class BlockSummary implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The number of examples of each kind. */
  static final int EXAMPLES = 12;

  private final boolean hasScores;
  private final ScoreGrid scores = new ScoreGrid();
  private final ScoreHistogram histogram = new ScoreHistogram();
  private final Map<SampleKind, List<Candidate>> candidates = new EnumMap<>(SampleKind.class);

  private BlockSummary(boolean hasScores) {
    this.hasScores = hasScores;
  }

  /** Returns the summary of all blocks, of which there is at least one partition. */
  static BlockSummary of(JavaRDD<PredictionBlock> blocks, OutputSpec outputs, long seed) {
    return blocks
        .mapPartitions(part -> List.of(of(part, outputs, seed)).iterator())
        .treeReduce(BlockSummary::plus); // the driver would hold one for each partition
  }

  static BlockSummary of(Iterator<PredictionBlock> blocks, OutputSpec outputs, long seed) {
    BlockSummary summary =
        new BlockSummary(outputs.hasTwoClasses() && outputs.hasClassProbabilities());
    while (blocks.hasNext()) {
      PredictionBlock block = blocks.next();
      for (int row = 0; row < block.count(); row++) {
        summary.add(block, row, seed);
      }
    }
    return summary;
  }

  private void add(PredictionBlock block, int row, long seed) {
    if (hasScores) {
      double probability = block.score(row, 1);
      scores.add(probability, block.isActual(row, 1), block.weight(row));
      histogram.add(probability, block.actual(row));
    }
    SampleKind kind = SampleKind.of(block, row);
    offer(block, row, kind, seed);
    if (kind == SampleKind.LARGEST_ERROR) {
      offer(block, row, SampleKind.RANDOM, seed);
    }
  }

  // Most examples are not shown, and no candidate is made of them.
  private void offer(PredictionBlock block, int row, SampleKind kind, long seed) {
    double rank = kind.rank(block, row, seed);
    List<Candidate> best = best(kind);
    if (best.size() < EXAMPLES || rank <= best.get(best.size() - 1).rank()) {
      offer(Candidate.of(block, row, kind, rank));
    }
  }

  private void offer(Candidate candidate) {
    List<Candidate> best = best(candidate.kind());
    best.add(candidate);
    best.sort(Candidate.ORDER);
    if (best.size() > EXAMPLES) {
      best.remove(best.size() - 1);
    }
  }

  private List<Candidate> best(SampleKind kind) {
    return candidates.computeIfAbsent(kind, found -> new ArrayList<>());
  }

  BlockSummary plus(BlockSummary other) {
    scores.merge(other.scores);
    histogram.merge(other.histogram);
    other.candidates.values().forEach(found -> found.forEach(this::offer));
    return this;
  }

  /** Returns the curves of the scores; none unless the outputs are probabilities of two classes. */
  List<CurvePoint> curves() {
    if (!hasScores) {
      return List.of();
    }
    List<CurvePoint> points = new ArrayList<>(ScoreCurves.of(scores.descending()));
    points.addAll(histogram.bars());
    return points;
  }

  /** Returns the examples to show, by kind and rank. */
  List<Candidate> examples() {
    return candidates.values().stream().flatMap(List::stream).toList();
  }
}
