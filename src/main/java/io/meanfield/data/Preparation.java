package io.meanfield.data;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * A data set as it is kept in a run's directory: the table {@code examples}, and {@code
 * dataset.json} that says what the table holds.
 *
 * @param images whether features are pixels
 * @param keyed whether examples have texts for ids
 * @param labelled whether there are answers
 * @param targets numbers that answer for an example, if they are there; 0 for a class
 */
record Preparation(boolean images, boolean keyed, boolean labelled, int targets) {
  static final String FILE = "dataset.json";
  static final Table TABLE =
      Table.of(
          "examples",
          Table.column("id", DataTypes.LongType),
          Table.nullable("key", DataTypes.StringType),
          Table.nullable("label", DataTypes.IntegerType),
          Table.nullable("targets", DataTypes.createArrayType(DataTypes.FloatType, false)),
          Table.nullable("pixels", DataTypes.BinaryType),
          Table.nullable("features", DataTypes.createArrayType(DataTypes.FloatType, false)));
  // As for predictions: neither one file for all examples nor one for every 4 MiB of them.
  private static final int BLOCKS_PER_FILE = 64;

  /** Writes a data set into a run's directory. */
  static void write(SparkSession spark, Dataset data, String fingerprint, RunDirectory run) {
    String id = run.id().value();
    JavaRDD<Row> rows = data.blocks().flatMap(block -> rows(id, block));
    int files = (data.blocks().getNumPartitions() + BLOCKS_PER_FILE - 1) / BLOCKS_PER_FILE;
    TABLE.write(run, spark.createDataFrame(rows.coalesce(files), TABLE.schema()));
    data.encodings()
        .ifPresent(
            encodings -> run.replace(Encodings.FILE, out -> out.write(bytes(encodings.toJson()))));
    String json = json(data, fingerprint);
    run.replace(FILE, out -> out.write(bytes(json)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Iterator<Row> rows(String run, Examples block) {
    List<Row> rows = new ArrayList<>(block.count());
    float[] features = new float[block.width()];
    for (int row = 0; row < block.count(); row++) {
      boolean pixels = block.features() instanceof Features.Pixels;
      block.features().write(row, features, 0);
      rows.add(
          RowFactory.create(
              run,
              block.ids()[row],
              block.key(row).orElse(null),
              block.targets() instanceof Targets.Classes ? block.label(row) : null,
              targets(block, row),
              pixels ? pixels(block, row) : null,
              pixels ? null : boxed(features, 0, features.length)));
    }
    return rows.iterator();
  }

  private static Float[] targets(Examples block, int row) {
    return block.targets() instanceof Targets.Numbers numbers
        ? boxed(numbers.values(), row * numbers.width(), numbers.width())
        : null;
  }

  private static byte[] pixels(Examples block, int row) {
    byte[] all = ((Features.Pixels) block.features()).values();
    return Arrays.copyOfRange(all, row * block.width(), (row + 1) * block.width());
  }

  private static Float[] boxed(float[] numbers, int first, int count) {
    Float[] boxed = new Float[count];
    Arrays.setAll(boxed, i -> numbers[first + i]);
    return boxed;
  }

  private static String json(Dataset data, String fingerprint) {
    int width = data.width();
    Moments moments =
        data.blocks().map(Moments::of).collect().stream()
            .reduce(Moments.none(width), Moments::plus);
    boolean keyed = data.blocks().map(block -> block.keys().length > 0).first();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("schema_version", 1);
    map.put("examples", data.count());
    map.put("fingerprint", fingerprint);
    map.put("width", width);
    map.put("images", data.images());
    map.put("keyed", keyed);
    map.put("labelled", data.labelled());
    map.put("targets", data.answers().numbers());
    map.put("mean", moments.mean());
    map.put("deviation", moments.deviation());
    data.encodings().ifPresent(encodings -> map.put("inputs", inputs(encodings, moments)));
    return ConfigFactory.parseMap(map)
            .root()
            .render(ConfigRenderOptions.defaults().setOriginComments(false).setComments(false))
        + "\n";
  }

  private static List<Map<String, Object>> inputs(Encodings encodings, Moments moments) {
    List<Map<String, Object>> inputs = new ArrayList<>();
    List<String> names = encodings.inputNames(moments.means().length);
    for (int i = 0; i < names.size(); i++) {
      Map<String, Object> input = new LinkedHashMap<>();
      input.put("name", names.get(i));
      input.put("mean", moments.means()[i]);
      input.put("deviation", moments.deviation(i));
      inputs.add(input);
    }
    return inputs;
  }

  static Preparation read(Config json) {
    return new Preparation(
        json.getBoolean("images"),
        json.getBoolean("keyed"),
        json.getBoolean("labelled"),
        json.getInt("targets"));
  }

  /** What the table says about its examples. */
  Answers answers() {
    Answers answers = targets == 0 ? Answers.CLASSES : Answers.of(targets);
    return labelled ? answers : answers.missing(".name was prepared from data without labels");
  }

  /** What the columns of the table are for. */
  Columns columns() {
    return new Columns(
        Optional.of(keyed ? "key" : "id"),
        Optional.of(List.of(images ? "pixels" : "features")),
        List.of(),
        labelled && targets == 0 ? Optional.of("label") : Optional.empty(),
        labelled && targets > 0 ? List.of("targets") : List.of(),
        Columns.Unseen.ERROR);
  }
}
