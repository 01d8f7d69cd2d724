package io.meanfield.data.formats;

import io.meanfield.data.frame.CsvSource;
import io.meanfield.data.frame.ParquetSource;
import io.meanfield.data.frame.SparkSource;
import io.meanfield.data.frame.TableFiles;
import io.meanfield.data.idx.IdxSource;
import io.meanfield.data.prepared.PreparedSource;
import io.meanfield.data.source.Source;
import io.meanfield.data.source.SourceSettings;
import io.meanfield.settings.Section;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The data formats, by their name in {@code data.format}. */
final class Formats {
  static final Map<String, Format> ALL = all();
  private static final List<String> LOCATIONS_OF_FILES = List.of("images", "labels", "path");
  private static final List<String> LOCATIONS_OF_ROWS =
      List.of("table", "version", "timestamp", "query", "source");

  private Formats() {}

  private static Map<String, Format> all() {
    Map<String, Format> formats = new LinkedHashMap<>();
    formats.put(
        "idx",
        new Format(DataContents.FILES, IdxSource::read, IdxSource::located, IdxSource::ofFiles));
    formats.put(
        "csv",
        new Format(DataContents.FILES, CsvSource::read, TableFiles::located, TableFiles::located));
    formats.put(
        "parquet",
        new Format(
            DataContents.FILES, ParquetSource::read, TableFiles::located, TableFiles::located));
    formats.put(
        "spark",
        new Format(
            DataContents.ROWS, SparkSource::read, SparkSource::located, SparkSource::ofFiles));
    formats.put(
        "prepared",
        new Format(
            DataContents.PREPARED,
            Formats::readPrepared,
            PreparedSource::located,
            PreparedSource::located));
    return Collections.unmodifiableMap(formats);
  }

  // A settings file may still contain the locations from which the data set was prepared.
  private static Source readPrepared(SourceSettings settings) {
    Section part = settings.part();
    LOCATIONS_OF_FILES.stream().filter(part::isSet).forEach(part::strings);
    LOCATIONS_OF_ROWS.forEach(part::optionalText);
    part.optionalTexts("options");
    return PreparedSource.read(settings);
  }

  /**
   * One data format.
   *
   * @param contents what a data set of the format consists of
   * @param reader reads the settings of one data set; adds a problem to them for each invalid value
   * @param located returns the settings of a data set for the arguments of {@code --data}
   * @param ofFiles returns the settings of a data set in files that were found in directories
   */
  record Format(
      DataContents contents,
      Function<SourceSettings, Source> reader,
      Function<List<String>, Map<String, Object>> located,
      Function<List<String>, Map<String, Object>> ofFiles) {
    Source read(SourceSettings settings) {
      return reader.apply(settings);
    }
  }
}
