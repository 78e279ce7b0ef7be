package io.stockledger.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test, or all tests of a class, that only some kinds of server can run. Elsewhere they are left
 * out, and {@link LeftOutReport} says so at the end of the run.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RunsOnCondition.class)
public @interface RunsOn {
  /** The kinds of server that can run it. */
  Server[] value();

  /** Why others can't. */
  String reason();
}
