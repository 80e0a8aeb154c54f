package io.github.streamwebsocket;

/**
 * How fast data has flowed over a connection, as {@link WebSocketInformation#bandwidthStatistics()} estimates it. As
 * {@code Windows.Networking.Sockets.BandwidthStatistics}.
 *
 * @param outboundBitsPerSecond bits a second that went to the peer; 0 when not known
 * @param inboundBitsPerSecond bits a second that came from the peer; 0 when not known
 * @param outboundBitsPerSecondInstability how far, in bits a second, the outbound rate strays from its mean; 0 when it
 *     does not, or is not known
 * @param inboundBitsPerSecondInstability how far, in bits a second, the inbound rate strays from its mean; 0 when it does
 *     not, or is not known
 * @param outboundBandwidthPeaked whether more bandwidth than this could not be had outbound; false when not known
 * @param inboundBandwidthPeaked whether more bandwidth than this could not be had inbound; false when not known
 */
public record BandwidthStatistics(
        long outboundBitsPerSecond,
        long inboundBitsPerSecond,
        long outboundBitsPerSecondInstability,
        long inboundBitsPerSecondInstability,
        boolean outboundBandwidthPeaked,
        boolean inboundBandwidthPeaked) {

    /** What is told while nothing is known: zeros. */
    public static final BandwidthStatistics NONE = new BandwidthStatistics(0, 0, 0, 0, false, false);
}
