package io.github.streamwebsocket.jmh.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.CategoryStyler;

/**
 * The ratios of one measure of a family as bars: a panel for each case and transport, and in it a bar for each client,
 * with the ratio on top and a whisker from the least to the most of the rounds. Measures have charts of their own, as
 * what is large in one would make all bars of another small.
 *
 * <p>XChart draws axes and bars; its whiskers are as long upwards as downwards and its labels do not say whose a bar
 * is, so these are drawn over it: {@link Drawing}.
 */
final class RatioChart extends CategoryChart {
    private static final int WIDTH = 800;
    private static final int PLOT_HEIGHT = 370;
    /** Room below the axis, for names and caption. */
    private static final int BELOW = 132;
    /** Of a panel, what its bars take; the rest is space. */
    private static final double FILL = 0.92;
    /** Of the height of the plot, what the highest whisker takes; above it stand the titles of the panels. */
    private static final double HIGHEST = 0.74;
    /** Bars that are narrower have their ratio written upwards. */
    private static final int NARROW = 28;

    private static final Color TEXT = new Color(0x212529);
    private static final Color FAINT = new Color(0x5C636A);
    private static final Color GRID = new Color(0xE3E6E8);

    private final FamilyResult family;
    private final String measure;
    private final List<String> clients;
    private final List<Panel> panels = new ArrayList<>();

    /** Bars that stand together. The list has an entry for each client, null for those that have no bar in it. */
    private record Panel(String title, String reference, List<Row> bars) {
        /** Whether a ratio is one of something that was still warming up. */
        boolean isWarming(Row bar) {
            return bar.isWarming() || bars.getFirst().isWarming();
        }

        boolean isWarming() {
            return bars.stream().anyMatch(bar -> bar != null && isWarming(bar));
        }
    }

    /**
     * @param measure of which it is drawn: see {@link Row}
     */
    RatioChart(FamilyResult family, String measure) {
        super(new CategoryChartBuilder().width(WIDTH).height(PLOT_HEIGHT + BELOW));
        this.family = family;
        this.measure = measure;
        this.clients = family.distinct(Row::client);
        for (String heading : family.distinct(Row::heading)) {
            for (String transport : family.distinct(Row::transport)) {
                addPanel(heading, transport);
            }
        }
        for (int i = 0; i < clients.size(); i++) {
            addBars(clients.get(i), i);
        }
        style();
    }

    /** Whether the family has nothing that could be drawn. */
    boolean isEmpty() {
        return panels.isEmpty();
    }

    private void addPanel(String heading, String transport) {
        List<Row> rows = family.rows().stream()
                .filter(row -> row.heading().equals(heading)
                        && row.transport().equals(transport)
                        && row.measure().equals(measure)
                        && row.drawn())
                .toList();
        if (rows.stream().allMatch(row -> row.ratio() == null)) {
            return;
        }
        List<Row> bars = new ArrayList<>();
        for (String client : clients) {
            bars.add(rows.stream()
                    .filter(row -> row.client().equals(client))
                    .findFirst()
                    .orElse(null));
        }
        Row first = rows.getFirst();
        String title = transport.isEmpty() ? heading : transport + ", " + heading;
        panels.add(new Panel(title, "1 = " + Tables.number(first.value().median()) + " " + first.unit(), bars));
    }

    private void addBars(String client, int index) {
        List<String> titles = panels.stream().map(Panel::title).toList();
        List<Double> heights = panels.stream()
                .map(panel -> panel.bars().get(index))
                .map(row -> row == null || row.ratio() == null
                        ? 0
                        : row.ratio().median()) // XChart loses its place at a null
                .toList();
        if (!titles.isEmpty()) {
            addSeries(Names.label(client), titles, heights).setFillColor(Names.colour(client));
        }
    }

    private void style() {
        setTitle(family.title() + (measure.isEmpty() ? "" : ", " + measure) + ", beside the "
                + Names.label(clients.getFirst()));
        boolean higher = family.rows().stream()
                .filter(row -> row.measure().equals(measure))
                .allMatch(row -> Boolean.TRUE.equals(row.higherIsBetter()));
        setYAxisTitle("ratio (" + (higher ? "longer" : "shorter") + " is better)");
        CategoryStyler styler = getStyler();
        styler.setChartBackgroundColor(Color.WHITE)
                .setChartFontColor(TEXT)
                .setChartTitleFont(Drawing.font(Font.BOLD, 16))
                .setChartTitleBoxVisible(false)
                .setLegendVisible(false)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setChartPadding(10);
        styler.setPlotGridVerticalLinesVisible(false)
                .setPlotGridLinesColor(GRID)
                .setPlotGridLinesStroke(new BasicStroke(1))
                .setAxisTickLabelsFont(Drawing.font(Font.PLAIN, 12))
                .setAxisTickLabelsColor(TEXT)
                .setAxisTitleFont(Drawing.font(Font.PLAIN, 12))
                .setXAxisTicksVisible(false)
                .setXAxisTitleVisible(false)
                .setYAxisMin(0.0)
                .setYAxisMax(highest() / HIGHEST)
                .setPlotContentSize(1);
        styler.setAvailableSpaceFill(FILL);
    }

    private double highest() {
        return panels.stream()
                .flatMap(panel -> panel.bars().stream())
                .filter(row -> row != null && row.ratio() != null)
                .mapToDouble(row -> row.ratio().most())
                .max()
                .orElse(1);
    }

    @Override
    public void paint(Graphics2D g, int width, int height) {
        g.setColor(Color.WHITE);
        g.fill(new Rectangle2D.Double(0, 0, width, height));
        super.paint(g, width, height - BELOW);
        setHeight(height);
        Rectangle2D area = plot.getBounds();
        double panelWidth = area.getWidth() / panels.size();
        double barWidth = panelWidth * FILL / clients.size();
        Drawing.line(g, FAINT, 1, area.getX(), y(area, 0), area.getMaxX(), y(area, 0));
        dashed(g, area);
        for (int p = 0; p < panels.size(); p++) {
            double left = area.getX() + p * panelWidth;
            if (p > 0) {
                Drawing.line(g, GRID, 1, left, area.getY(), left, area.getMaxY());
            }
            title(g, panels.get(p), left + panelWidth / 2, area.getY());
            for (int c = 0; c < clients.size(); c++) {
                double middle = left + panelWidth * (1 - FILL) / 2 + (c + 0.5) * barWidth;
                Row bar = panels.get(p).bars().get(c);
                if (bar != null) {
                    if (bar.ratio() == null) {
                        Drawing.turned(
                                g, Drawing.font(Font.PLAIN, 11), FAINT, "failed", -90, middle + 4, area.getMaxY() - 5);
                    } else {
                        whisker(g, bar, panels.get(p).isWarming(bar), area, middle, barWidth);
                    }
                    name(g, bar.client(), middle, area.getMaxY() + 8);
                }
            }
        }
        caption(g, area.getX(), height);
    }

    private double y(Rectangle2D area, double ratio) {
        return area.getMaxY() - area.getHeight() * ratio * HIGHEST / highest();
    }

    /** The reference reaches from one end to the other. */
    private void dashed(Graphics2D g, Rectangle2D area) {
        g.setStroke(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {4, 3}, 0));
        g.setColor(FAINT);
        g.draw(new Line2D.Double(area.getX(), y(area, 1), area.getMaxX(), y(area, 1)));
    }

    private static void title(Graphics2D g, Panel panel, double middle, double top) {
        Drawing.centred(g, Drawing.font(Font.BOLD, 12), TEXT, panel.title(), middle, top + 14);
        Drawing.centred(g, Drawing.font(Font.PLAIN, 11), FAINT, panel.reference(), middle, top + 29);
    }

    private void whisker(Graphics2D g, Row bar, boolean warming, Rectangle2D area, double middle, double barWidth) {
        double top = y(area, bar.ratio().most());
        double bottom = y(area, bar.ratio().least());
        if (bar.ratio().most() > bar.ratio().least()) {
            double arm = Math.min(4, barWidth / 4);
            Drawing.line(g, TEXT, 1.2f, middle, top, middle, bottom);
            Drawing.line(g, TEXT, 1.2f, middle - arm, top, middle + arm, top);
            Drawing.line(g, TEXT, 1.2f, middle - arm, bottom, middle + arm, bottom);
        }
        String text = Tables.ratio(bar.ratio().median()) + (warming ? " " + Tables.WARMING : "");
        Font font = Drawing.font(bar.client().equals("streamwebsocket") ? Font.BOLD : Font.PLAIN, 11);
        if (barWidth >= NARROW) {
            Drawing.centred(g, font, TEXT, text, middle, top - 5);
        } else {
            Drawing.turned(g, font, TEXT, text, -90, middle + 4, top - 5);
        }
    }

    /** The name, slanted, ends below the middle of its bar. */
    private static void name(Graphics2D g, String client, double middle, double top) {
        Font font = Drawing.font(client.equals("streamwebsocket") ? Font.BOLD : Font.PLAIN, 11);
        String text = Names.label(client);
        double length = Drawing.width(g, font, text);
        double angle = Math.toRadians(50);
        double x = middle + 4 - length * Math.cos(angle);
        Drawing.turned(g, font, TEXT, text, -50, x, top + 4 + length * Math.sin(angle));
    }

    private void caption(Graphics2D g, double left, double bottom) {
        Environment where = family.environment();
        String rounds = family.rounds() == 1
                ? "one round"
                : "median of up to " + family.rounds() + " rounds, whiskers from the least to the most";
        if (panels.stream().anyMatch(Panel::isWarming)) {
            rounds += "; " + Tables.WARMING + " still warming up";
        }
        Font font = Drawing.font(Font.PLAIN, 10);
        Drawing.turned(g, font, FAINT, where.machine(), 0, left, bottom - 22);
        Drawing.turned(
                g, font, FAINT, "JDK " + where.jdk() + "; " + rounds + "; " + family.date(), 0, left, bottom - 9);
    }
}
