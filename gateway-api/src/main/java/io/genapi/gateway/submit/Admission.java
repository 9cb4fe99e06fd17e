package io.genapi.gateway.submit;

/** Whether one more job may be made. Asked at most once for a submission, right before its job would be published. */
@FunctionalInterface
public interface Admission {

    /** From true on, the job counts. */
    boolean admits();
}
