/**
 * The systems of the lesson that the project began with: trains and evaluates each, and compares
 * the results with their expected ranges.
 *
 * <p>Imports pipeline and every package below it. Start reading at {@link
 * io.meanfield.lesson.LessonJob}.
 */
package io.meanfield.lesson;
