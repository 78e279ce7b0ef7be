package io.stockledger.testing;

import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** A condition that leaves out the tests that {@link RunsOn} reserves for other kinds of server. */
final class RunsOnCondition implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getElement(), RunsOn.class)
        .filter(runsOn -> !List.of(runsOn.value()).contains(Server.current()))
        .map(runsOn -> ConditionEvaluationResult.disabled(runsOn.reason()))
        .orElseGet(() -> ConditionEvaluationResult.enabled("This server can run it."));
  }
}
