package io.genapi.simulator.http;

import io.genapi.simulator.exchange.ExchangeHandler;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** HTTP with two platform threads for all connections and one virtual thread per call in flight. Thread-safe. */
public final class SimulatorServer implements AutoCloseable {

    private static final int THREADS = 2;
    private static final int BACKLOG = 4_096;

    private final EventLoopGroup group;
    private final ChannelGroup channels;
    private final InetSocketAddress address;

    private SimulatorServer(EventLoopGroup group, ChannelGroup channels, InetSocketAddress address) {
        this.group = group;
        this.channels = channels;
        this.address = address;
    }

    /**
     * Binds the address and serves it.
     *
     * @param port 0 for a free one
     * @throws IOException if the address cannot be bound; the message names it
     */
    public static SimulatorServer start(String host, int port, ConnectionRules rules, ExchangeHandler handler)
            throws IOException {
        ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
        Channels children = new Channels(rules, handler, channels);
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                THREADS, new DefaultThreadFactory("vendor-simulator", true), NioIoHandler.newFactory());
        var binding = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(children)
                .bind(host, port)
                .awaitUninterruptibly();
        if (!binding.isSuccess()) {
            shutDown(group);
            throw new IOException(
                    "cannot listen on %s:%d (%s); choose another port, or 0 for a free one"
                            .formatted(host, port, binding.cause().getMessage()),
                    binding.cause());
        }
        Channel listening = binding.channel();
        channels.add(listening);
        return new SimulatorServer(group, channels, (InetSocketAddress) listening.localAddress());
    }

    public int port() {
        return address.getPort();
    }

    /** Closes every connection, those of calls in flight included, and returns when that is done. */
    @Override
    public void close() {
        channels.close().awaitUninterruptibly();
        shutDown(group);
    }

    private static void shutDown(EventLoopGroup group) {
        group.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
