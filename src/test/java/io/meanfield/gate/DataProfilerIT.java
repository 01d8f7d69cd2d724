package io.meanfield.gate;

import static io.meanfield.gate.GateFixtures.check;
import static io.meanfield.gate.GateFixtures.csv;
import static io.meanfield.gate.GateFixtures.failures;
import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.Dataset;
import io.meanfield.data.DatasetMetadata;
import io.meanfield.data.Examples;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.frame.ParquetSource;
import io.meanfield.data.idx.IdxFixtures;
import io.meanfield.data.source.ReadContext;
import io.meanfield.fixture.LocalSpark;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataProfilerIT {
  @TempDir private Path folder;

  private String table() {
    return GateFixtures.write(folder, "table.csv", 0, 3000, GateFixtures::row);
  }

  @Test
  void profileHasTheSameBytesForAnyPartitions() {
    assertSameProfile(csv(table()).get(), 2);
    assertSameProfile(GateFixtures.digits(folder, 0, 3_000).get(), 10);
  }

  @Test
  void profileOfParquetHasTheBytesOfThatOfCsv() {
    String parquet = folder.resolve("parquet").toString();
    LocalSpark.session()
        .read()
        .option("header", true)
        .option("inferSchema", true)
        .csv(table())
        .write()
        .parquet(parquet);
    Dataset data =
        new ParquetSource(List.of(parquet), GateFixtures.COLUMNS)
            .open(ReadContext.of(LocalSpark.context(), 2));
    Dataset csv = csv(table()).get();
    assertThat(profile(data, data.blocks(), 2)).isEqualTo(profile(csv, csv.blocks(), 2));
  }

  @Test
  void classesHaveTheirNamesAndCategoriesTheirValues() {
    String named =
        GateFixtures.write(
            folder,
            "named.csv",
            0,
            9,
            i -> i + ",1," + i + "," + GateFixtures.color(i) + (i < 5 ? ",rose" : ",iris"));
    DataProfile profile = DataProfiler.profile(csv(named).get(), 5);
    assertThat(profile.label().orElseThrow().counts())
        .containsExactly(Map.entry("iris", 4L), Map.entry("rose", 5L));
    assertThat(profile.categories().get(0).counts())
        .containsExactly(Map.entry("blue", 3L), Map.entry("green", 3L), Map.entry("red", 3L));
    assertThat(profile.numbers().get(0).max()).isEqualTo(1);
  }

  private static void assertSameProfile(Dataset data, int classes) {
    byte[] one = profile(data, data.blocks().coalesce(1), classes);
    JavaRDD<Examples> many = data.blocks().flatMap(block -> single(block).iterator());
    assertThat(profile(data, many.repartition(4), classes)).isEqualTo(one);
    assertThat(profile(data, many.repartition(7), classes)).isEqualTo(one);
  }

  // Blocks of 100 examples, so that a small table has several.
  private static List<Examples> single(Examples block) {
    return IntStream.range(0, (block.count() + 99) / 100)
        .mapToObj(part -> part(block, part * 100, Math.min(block.count(), part * 100 + 100)))
        .toList();
  }

  private static Examples part(Examples block, int first, int end) {
    Examples part = block.allocate(end - first);
    IntStream.range(first, end).forEach(row -> block.copyTo(part, row, row - first));
    return part;
  }

  private static byte[] profile(Dataset data, JavaRDD<Examples> blocks, int classes) {
    Dataset divided =
        new Dataset(
            new DatasetMetadata(
                data.count(),
                data.shape(),
                data.hasImages(),
                data.targetKind(),
                false,
                data.encoder(),
                data.display()),
            blocks);
    return DataProfiler.profile(divided, classes).toJson();
  }

  @Test
  void oneOfAHundredColumnsIsNamed() {
    String header =
        "kind," + IntStream.range(0, 100).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
    Supplier<Dataset> before = wide("before.csv", header, 0);
    DataProfile champion = check(before, Optional.empty()).profile().orElseThrow();
    assertThat(failures(check(wide("after.csv", header, 500), Optional.of(champion))))
        .containsExactly("drift c77");
  }

  private Supplier<Dataset> wide(String name, String header, int shift) {
    Stream<String> rows =
        IntStream.range(0, 1200)
            .mapToObj(
                row ->
                    row % 2
                        + IntStream.range(0, 100)
                            .mapToObj(i -> "," + (row * (i + 1) % 1009 + (i == 77 ? shift : 0)))
                            .collect(Collectors.joining()));
    String path =
        IdxFixtures.write(
            folder,
            name,
            (header + "\n" + rows.collect(Collectors.joining("\n")))
                .getBytes(StandardCharsets.UTF_8));
    ColumnRoles columns =
        new ColumnRoles(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.of("kind"),
            List.of(),
            ColumnRoles.HandleUnknown.ERROR);
    return csv(columns, path);
  }
}
