package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of /etc/cron.d with one line.
 *
 * @param variables assignments, in their order
 * @param time the five fields of the line
 * @param user on whose behalf the command runs
 */
public record CronFile(Map<String, String> variables, String time, String user, String command) {
  /** The file that users copy. */
  public static final Path SHIPPED = Path.of("jobs/schedule/cron");

  private static final Pattern VARIABLE = Pattern.compile("(\\w+)=(.*)");
  private static final Pattern LINE = Pattern.compile("((?:\\S+ ){4}\\S+) (\\w+) (.+)");

  /** Parses the file; fails if it has more than one line, or anything that cron would refuse. */
  public static CronFile parse(String text) {
    Map<String, String> variables = new LinkedHashMap<>();
    List<CronFile> lines = new ArrayList<>();
    for (String line : text.lines().filter(line -> !line.startsWith("#")).toList()) {
      Matcher variable = VARIABLE.matcher(line);
      Matcher scheduled = LINE.matcher(line);
      if (variable.matches()) {
        variables.put(variable.group(1), variable.group(2));
      } else {
        assertThat(scheduled.matches()).as(line).isTrue();
        lines.add(
            new CronFile(variables, scheduled.group(1), scheduled.group(2), scheduled.group(3)));
      }
    }
    assertThat(lines).hasSize(1);
    return lines.get(0);
  }

  CronFile at(String newTime, String newUser) {
    return new CronFile(variables, newTime, newUser, command);
  }

  /** Returns the text of the file. */
  String text() {
    StringBuilder text = new StringBuilder();
    variables.forEach((name, value) -> text.append(name + "=" + value + "\n"));
    return text + time + " " + user + " " + command + "\n";
  }
}
