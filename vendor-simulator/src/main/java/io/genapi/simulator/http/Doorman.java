package io.genapi.simulator.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** Counts a connection, and closes it at its first byte if handshakes are to be cut. */
final class Doorman extends ChannelInboundHandlerAdapter {

    private final ConnectionRules rules;
    private boolean passed;

    Doorman(ConnectionRules rules) {
        this.rules = rules;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        rules.connected().run();
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!passed && rules.certificate().isPresent() && rules.cutHandshakes().getAsBoolean()) {
            ReferenceCountUtil.release(message);
            var _ = context.close();
            return;
        }
        passed = true;
        context.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        rules.disconnected().run();
        context.fireChannelInactive();
    }
}
