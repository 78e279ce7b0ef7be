package io.stockledger.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An annotation of a test, or of a class of tests, that only some kinds of server can run. On other
 * servers the tests are left out, and {@link LeftOutReport} says so at the end of the run.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RunsOnCondition.class)
public @interface RunsOn {
  /** The kinds of server that can run the test. */
  Server[] value();

  /** Why other servers can't run the test. */
  String reason();
}
