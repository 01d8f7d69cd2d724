package io.meanfield.data.formats;

import io.meanfield.data.Source;
import io.meanfield.data.SourceSettings;
import io.meanfield.data.csv.CsvSource;
import io.meanfield.data.idx.IdxSource;
import io.meanfield.data.parquet.ParquetSource;
import io.meanfield.data.prepared.PreparedSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The data formats: a value of {@code data.format}, and what reads the settings of the format. */
final class Formats {
  static final Map<String, Reader> READERS = readers();

  private Formats() {}

  private static Map<String, Reader> readers() {
    Map<String, Reader> readers = new LinkedHashMap<>();
    readers.put("idx", IdxSource::read);
    readers.put("csv", CsvSource::read);
    readers.put("parquet", ParquetSource::read);
    readers.put("prepared", PreparedSource::read);
    return Collections.unmodifiableMap(readers);
  }

  /** Reads the settings of one data set; adds problems to them. */
  @FunctionalInterface
  interface Reader {
    Source read(SourceSettings settings);
  }
}
