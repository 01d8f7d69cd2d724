package io.meanfield.data.prepared;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import io.meanfield.data.ColumnRoles;
import io.meanfield.data.Dataset;
import io.meanfield.data.EncodingsFile;
import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.TargetKind;
import io.meanfield.data.Targets;
import io.meanfield.data.table.FeatureStatistics;
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
 * @param hasExternalIds whether examples have texts for ids
 * @param labelled whether there are answers
 * @param targets numbers that answer for an example, if they are there; 0 for a class
 */
public record PreparedDataset(
    boolean images, boolean hasExternalIds, boolean labelled, int targets) {
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
  public static void write(SparkSession spark, Dataset data, String fingerprint, RunDirectory run) {
    String id = run.id().value();
    JavaRDD<Row> rows = data.blocks().flatMap(block -> rows(id, block));
    int files = (data.blocks().getNumPartitions() + BLOCKS_PER_FILE - 1) / BLOCKS_PER_FILE;
    TABLE.write(run, spark.createDataFrame(rows.coalesce(files), TABLE.schema()));
    data.encoder().ifPresent(encoder -> EncodingsFile.write(run, encoder));
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
              block.externalId(row).orElse(null),
              block.targets() instanceof Targets.Classes ? block.label(row) : null,
              targets(block, row),
              pixels ? pixels(block, row) : null,
              pixels ? null : boxed(features, 0, features.length)));
    }
    return rows.iterator();
  }

  private static Float[] targets(Examples block, int row) {
    return block.targets() instanceof Targets.Values numbers
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
    FeatureStatistics moments =
        data.blocks().map(FeatureStatistics::of).collect().stream()
            .reduce(FeatureStatistics.none(width), FeatureStatistics::plus);
    boolean keyed = data.blocks().map(block -> block.externalIds().length > 0).first();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("schema_version", 1);
    map.put("examples", data.count());
    map.put("fingerprint", fingerprint);
    map.put("width", width);
    map.put("images", data.images());
    map.put("keyed", keyed);
    map.put("labelled", data.labelled());
    map.put("targets", data.targetKind().width());
    map.put("mean", moments.mean());
    map.put("deviation", moments.deviation());
    data.encoder().ifPresent(encodings -> map.put("inputs", inputs(encodings, moments)));
    return ConfigFactory.parseMap(map)
            .root()
            .render(ConfigRenderOptions.defaults().setOriginComments(false).setComments(false))
        + "\n";
  }

  private static List<Map<String, Object>> inputs(
      TableEncoder encodings, FeatureStatistics moments) {
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

  static PreparedDataset read(Config json) {
    return new PreparedDataset(
        json.getBoolean("images"),
        json.getBoolean("keyed"),
        json.getBoolean("labelled"),
        json.getInt("targets"));
  }

  /** What the table says about its examples. */
  TargetKind targetKind() {
    TargetKind answers = targets == 0 ? TargetKind.CLASSES : TargetKind.of(targets);
    return labelled ? answers : answers.missing(".name was prepared from data without labels");
  }

  /** What the columns of the table are for. */
  ColumnRoles columns() {
    return new ColumnRoles(
        Optional.of(hasExternalIds ? "key" : "id"),
        Optional.of(List.of(images ? "pixels" : "features")),
        List.of(),
        labelled && targets == 0 ? Optional.of("label") : Optional.empty(),
        labelled && targets > 0 ? List.of("targets") : List.of(),
        ColumnRoles.HandleUnknown.ERROR);
  }
}
