package io.genapi.runtime.log;

import ch.qos.logback.classic.pattern.KeyValuePairConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** A log event's key-value pairs with their secrets masked. */
public final class MaskingKeyValuePairConverter extends KeyValuePairConverter {

    @Override
    public String convert(ILoggingEvent event) {
        return SecretMask.mask(super.convert(event));
    }
}
