package io.meanfield.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanfield.store.TestLeases;
import java.io.IOException;
import java.util.Map;

/**
 * Whether a lease can be taken beside files, by the words of docs/reliability.md. It is open if the
 * newest entry names a process of this host, boot and namespaces and was changed, because the entry
 * may then name any process.
 *
 * @param living the entry of a living process
 */
record LeaseRule(LeaseFiles files, String living) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Returns whether the holder is alive, so that nobody may take the lease. */
  boolean forbids() {
    return !files.isReleased()
        && (files.entry().filter(living::equals).isPresent()
            || (files.beats() && !namesThisSystem()));
  }

  /** Returns whether there is no holder or a dead one, so that somebody must take the lease. */
  boolean permits() {
    return files.hasNext()
        && (files.newest() == 0 || files.isReleased() || (!files.beats() && !namesThisSystem()));
  }

  private boolean namesThisSystem() {
    Map<String, String> self = TestLeases.thisProcess();
    JsonNode entry = files.entry().map(LeaseRule::tree).orElse(JSON.nullNode());
    return entry.path("host").asText().equals(self.get("host"))
        && entry.path("linux").path("boot_id").asText().equals(self.get("boot_id"))
        && entry.path("linux").path("namespaces").asText().equals(self.get("namespaces"));
  }

  private static JsonNode tree(String entry) {
    try {
      return JSON.readTree(LeaseFiles.bytes(entry));
    } catch (IOException damaged) {
      return JSON.nullNode();
    }
  }
}
