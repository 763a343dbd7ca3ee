/* The block in the editor: what the server renders, with its two settings beside it. Written for the browser as it is. */
(function (blocks, blockEditor, components, element, i18n, ServerSideRender) {
	'use strict';
	var el = element.createElement;
	var __ = i18n.__;
	blocks.registerBlockType('shide/section', {
		edit: function (props) {
			return el(
				'div',
				blockEditor.useBlockProps(),
				el(
					blockEditor.InspectorControls,
					null,
					el(
						components.PanelBody,
						{ title: __('Latest pieces', 'shide') },
						el(components.TextControl, {
							label: __('Heading', 'shide'),
							value: props.attributes.title,
							onChange: function (value) { props.setAttributes({ title: value }); }
						}),
						el(components.RangeControl, {
							label: __('How many', 'shide'),
							min: 0,
							max: 20,
							value: props.attributes.count,
							onChange: function (value) { props.setAttributes({ count: value || 0 }); }
						})
					)
				),
				el(ServerSideRender, { block: 'shide/section', attributes: props.attributes })
			);
		},
		save: function () { return null; }
	});
})(window.wp.blocks, window.wp.blockEditor, window.wp.components, window.wp.element, window.wp.i18n, window.wp.serverSideRender);
