package io.github.streamwebsocket.internal.net;

/**
 * Estimates how fast data flows in one direction, from the sizes and times of its transfers: the rates of windows of 100
 * ms of flow go into a moving mean and a moving mean deviation. One thread at a time tells the transfers; any thread may
 * ask at any time. Costs a transfer a few additions: no lock, no allocation, two volatile writes a window.
 */
final class Throughput {
    /** How much flow makes a window, in nanoseconds. */
    private static final long WINDOW = 100_000_000;

    /** A longer time without a transfer, in nanoseconds, is silence: it says nothing about the speed. */
    private static final long SILENCE = 100_000_000;

    /** How many bytes at the most are told together. */
    static final int FEW = 16_384;

    /** How much flow is told together, so that a slow flow still looks like one: a small part of the silence. */
    private static final long TOGETHER = SILENCE / 10;

    /** How much flow, in nanoseconds, gives an estimate while there is no whole window. */
    private static final long FIRST_GLANCE = 1_000_000;

    /** When the last transfer ended, by System.nanoTime. These are for the thread that tells the transfers. */
    private long last;

    /** How long data has flowed in the window that is not yet full, and how many bytes. */
    private long flow;

    private long bytes;

    /** How many bytes are better told together, as one transfer. */
    private int few;

    /** Whether there was a whole window. */
    private boolean settled;

    private volatile double mean;
    private volatile double deviation;

    /** Starts with silence. */
    Throughput(long now) {
        last = now - SILENCE - 1;
    }

    /**
     * How many bytes are better told together, as one transfer, as asking what time it is costs as much as a good part of
     * a small one: what flows in 10 ms at the speed of now, but at most 16 KiB; 0 when nobody knows it.
     */
    int few() {
        return few;
    }

    /**
     * Counts a transfer. The first after a silence only sets the clock, as nobody can say since when its bytes were on
     * their way.
     *
     * @param started until when there may have been silence, by System.nanoTime: the start of a write, as what it waits
     *     for is the peer; the end of a read, which waits for data that nobody may have sent
     * @param ended when the transfer ended, by System.nanoTime
     */
    void transferred(int count, long started, long ended) {
        if (started - last <= SILENCE) {
            flow += ended - last;
            bytes += count;
            few = (int) Math.min(FEW, count * TOGETHER / Math.max(1, ended - last));
            if (flow >= WINDOW) {
                fold(rate());
            } else if (!settled && flow >= FIRST_GLANCE) {
                mean = rate();
            }
        } else {
            few = 0; // it may have been no silence but a flow slower than the one before
        }
        last = ended;
    }

    private double rate() {
        return bytes * 8e9 / flow;
    }

    /** Weighs the new rate as TCP does a round-trip time (RFC 6298 2.3). */
    private void fold(double rate) {
        double before = settled ? mean : rate;
        double strayed = deviation;
        deviation = strayed + (Math.abs(rate - before) - strayed) / 4;
        mean = before + (rate - before) / 8;
        settled = true;
        flow = 0;
        bytes = 0;
    }

    /** The mean rate; 0 when nothing has flowed yet. */
    long bitsPerSecond() {
        return Math.round(mean);
    }

    /** The mean deviation from the mean rate. */
    long instability() {
        return Math.round(deviation);
    }
}
