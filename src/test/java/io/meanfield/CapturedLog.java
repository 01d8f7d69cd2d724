package io.meanfield;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** The warnings and errors that a class logs until this is closed. */
public final class CapturedLog extends AbstractAppender implements AutoCloseable {
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final Logger logger;
  private final Level levelBefore;

  private CapturedLog(Logger logger) {
    super("captured", null, null, true, Property.EMPTY_ARRAY);
    this.logger = logger;
    this.levelBefore = logger.getLevel();
  }

  public static CapturedLog of(Class<?> type) {
    return of(type, Level.WARN);
  }

  /** Captures what a class logs on a level and above. */
  public static CapturedLog of(Class<?> type, Level level) {
    Logger logger = (Logger) LogManager.getLogger(type);
    CapturedLog log = new CapturedLog(logger);
    log.start();
    logger.addAppender(log);
    logger.setLevel(level);
    return log;
  }

  public List<String> messages() {
    return messages;
  }

  @Override
  public void append(LogEvent event) {
    messages.add(event.getMessage().getFormattedMessage());
  }

  @Override
  public void close() {
    logger.removeAppender(this);
    logger.setLevel(levelBefore);
    stop();
  }
}
