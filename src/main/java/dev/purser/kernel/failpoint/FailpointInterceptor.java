package dev.purser.kernel.failpoint;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/** Outside of transactions. */
@Failpoint(Step.CLAIM)
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
class FailpointInterceptor {

    private final Failpoints failpoints;

    FailpointInterceptor(Failpoints failpoints) {
        this.failpoints = failpoints;
    }

    @AroundInvoke
    @Nullable
    Object pass(InvocationContext invocation) throws Exception {
        Step step = invocation.getMethod().getAnnotation(Failpoint.class).value();
        failpoints.before(step);
        Object done = invocation.proceed();
        failpoints.after(step);
        return done;
    }
}
