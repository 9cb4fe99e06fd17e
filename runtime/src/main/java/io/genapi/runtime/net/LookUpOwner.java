package io.genapi.runtime.net;

/** For whom a thread looks up hosts, so that nobody's names take all the room that there is for it. */
public final class LookUpOwner {

    private static final ScopedValue<Object> OWNER = ScopedValue.newInstance();

    private LookUpOwner() {}

    /**
     * Looks up on somebody's account what that work looks up in its thread.
     *
     * @param owner with {@code equals} and {@code hashCode}
     */
    public static <R, X extends Throwable> R with(Object owner, ScopedValue.CallableOp<R, X> work) throws X {
        return ScopedValue.where(OWNER, owner).call(work);
    }

    /** Whoever it is; a host for which nobody is known counts for itself. */
    static Object of(String host) {
        return OWNER.isBound() ? OWNER.get() : host;
    }
}
