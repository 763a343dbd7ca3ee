<?php
/**
 * Plugin Name:       Shide, the section for teachers' conduct
 * Description:       Brings the section 师德师风活动 into this site: one sign-in, its latest pieces, a menu entry, and this theme around its pages.
 * Version:           0.1.0
 * Requires at least: 6.0
 * Requires PHP:      7.4
 * License:           MIT
 * License URI:       https://opensource.org/licenses/MIT
 * Text Domain:       shide
 * Domain Path:       /languages
 *
 * A thin bridge: visits, notes, archives and every rule about them live in the section, which this site never sees into.
 *
 * @package Shide
 */

defined( 'ABSPATH' ) || exit;

define( 'SHIDE_VERSION', '0.1.0' );
define( 'SHIDE_PLUGIN_FILE', __FILE__ );

require __DIR__ . '/includes/capabilities.php';
require __DIR__ . '/includes/settings.php';
require __DIR__ . '/includes/words.php';
require __DIR__ . '/includes/sign-in.php';
require __DIR__ . '/includes/sign-out.php';
require __DIR__ . '/includes/pieces.php';
require __DIR__ . '/includes/copies.php';
require __DIR__ . '/includes/shell.php';
require __DIR__ . '/includes/menu.php';
require __DIR__ . '/includes/life.php';
if ( is_admin() ) {
	require __DIR__ . '/includes/settings-page.php';
}
