package io.meanfield.report.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The charts that the scripts of a page draw, as JSON. Numbers that are not finite are strings. */
final class Charts {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /** A chart and the element in which it is drawn. */
  private record Entry(String id, String kind, Block record) {}

  private final List<Entry> entries = new ArrayList<>();

  /** Adds a chart and returns the id of its element. */
  String add(Block chart) {
    String id = "chart-" + (entries.size() + 1);
    entries.add(new Entry(id, chart.getClass().getSimpleName(), chart));
    return id;
  }

  /** Writes the JSON as it stands within a script element: it contains no "less than" sign. */
  void write(Appendable out) throws IOException {
    out.append('[');
    String separator = "";
    for (Entry entry : entries) {
      out.append(separator).append(json(entry));
      separator = ",";
    }
    out.append(']');
  }

  private static String json(Entry entry) {
    try {
      return MAPPER.writeValueAsString(entry).replace("<", "\\u003c");
    } catch (JsonProcessingException impossible) { // records of numbers and text
      throw new IllegalStateException(impossible);
    }
  }
}
