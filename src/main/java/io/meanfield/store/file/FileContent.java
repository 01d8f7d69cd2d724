package io.meanfield.store.file;

import io.meanfield.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes the content of a file. */
@FunctionalInterface
public interface FileContent {
  void writeTo(OutputStream out) throws IOException;

  /** Returns a record as the content of a JSON file. */
  static FileContent json(Record value) {
    return out -> out.write(Json.bytes(value));
  }

  /** Returns the content in memory. */
  default byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writeTo(bytes);
    return bytes.toByteArray();
  }
}
