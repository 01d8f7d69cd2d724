package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Complaint;
import io.meanfield.settings.ErrorCode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Opens CSV files as one data set; driver only. A file is read by one task, from end to end, and
 * twice: quotes may hide the end of a line, so nobody can begin in the middle; and dictionaries,
 * ids and the positions of rows are known only when everything has been read. Many files are read
 * side by side. Without a column of ids an example's id is its position, through the files in their
 * order.
 */
final class CsvReader {
  private final JavaSparkContext spark;
  private final List<CsvFile> files;
  private final TableLayout layout;
  private final Optional<Encodings> known;
  private final int classes;
  private final String shown;

  private CsvReader(
      JavaSparkContext spark,
      List<CsvFile> files,
      TableLayout layout,
      Optional<Encodings> known,
      int classes,
      String shown) {
    this.spark = spark;
    this.files = files;
    this.layout = layout;
    this.known = known;
    this.classes = classes;
    this.shown = shown;
  }

  /** A file of the data set, and the position of its first row. */
  @DefaultSerializer(JavaSerializer.class) // Kryo 4 cannot write the final fields of a record
  record Part(CsvFile file, long first) implements Serializable {}

  /**
   * Reads and checks every file.
   *
   * @throws Complaint with the first problems, each with file and line
   */
  static Dataset open(
      JavaSparkContext spark, Source.Csv source, int classes, Optional<Encodings> known) {
    List<CsvFile> files =
        DataFiles.find(spark.hadoopConfiguration(), source.paths()).stream()
            .map(path -> new CsvFile(path.toString(), source.delimiter()))
            .toList();
    CsvFile first = files.get(0);
    TableLayout layout =
        TableLayout.of(
            source.columns(), first.header(spark.hadoopConfiguration()), known, first.shown());
    String shown = files.size() == 1 ? first.shown() : String.join(", ", source.paths());
    return new CsvReader(spark, files, layout, known, classes, shown)
        .open(source.columns().unseen());
  }

  private Dataset open(Columns.Unseen unseen) {
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    TableLayout columns = layout;
    List<CsvSummary> summaries =
        spark
            .parallelize(files, files.size())
            .map(file -> CsvSummary.of(file, columns, hadoop.value().value()))
            .collect();
    complainIfWrong(summaries);
    Encodings encodings = encodings(summaries, unseen);
    Ids ids = ids(summaries);
    long rows = summaries.stream().mapToLong(CsvSummary::rows).sum();
    Dataset.Contents contents =
        new Dataset.Contents(
            rows,
            layout.features().size() + encodings.categoryInputs(),
            false,
            layout.answers(),
            Optional.of(encodings),
            shown);
    CsvRows reading = new CsvRows(layout, encodings, ids, classes, contents.width());
    JavaRDD<Part> parts = spark.parallelize(parts(summaries), files.size());
    return new Dataset(
        contents,
        ids.positions(),
        parts.mapPartitions(part -> new CsvBlocks(part.next(), reading, hadoop.value().value())));
  }

  private void complainIfWrong(List<CsvSummary> summaries) {
    long wrong = summaries.stream().mapToLong(CsvSummary::problemRows).sum();
    List<String> problems =
        new ArrayList<>(
            summaries.stream()
                .flatMap(summary -> summary.problems().stream())
                .limit(CsvSummary.SHOWN_PROBLEMS)
                .toList());
    if (wrong > problems.size()) {
      problems.add("and " + (wrong - problems.size()) + " more rows of " + shown + " are wrong");
    }
    if (wrong > 0) {
      throw new Complaint(ErrorCode.DATA_UNREADABLE, String.join("\n", problems));
    }
    if (summaries.stream().allMatch(summary -> summary.rows() == 0)) {
      throw new Complaint(ErrorCode.DATA_UNREADABLE, shown + " has no rows behind its header");
    }
  }

  private Encodings encodings(List<CsvSummary> summaries, Columns.Unseen unseen) {
    TreeMap<String, String> labels = new TreeMap<>();
    summaries.forEach(summary -> summary.labels().forEach(labels::putIfAbsent));
    List<TreeMap<String, String>> words = new ArrayList<>();
    for (int i = 0; i < layout.categories().size(); i++) {
      TreeMap<String, String> all = new TreeMap<>();
      for (CsvSummary summary : summaries) {
        summary.words().get(i).forEach(all::putIfAbsent);
      }
      words.add(all);
    }
    return TableEncodings.of(layout, words, labels, unseen, known, classes);
  }

  private Ids ids(List<CsvSummary> summaries) {
    if (layout.id().isEmpty()) {
      return new Ids.None();
    }
    List<String> written = summaries.stream().flatMap(summary -> summary.ids().stream()).toList();
    return Ids.of(spark, written, layout.id().get(0), shown);
  }

  private List<Part> parts(List<CsvSummary> summaries) {
    List<Part> parts = new ArrayList<>();
    long first = 0;
    for (int i = 0; i < files.size(); i++) {
      parts.add(new Part(files.get(i), first));
      first += summaries.get(i).rows();
    }
    return parts;
  }
}
