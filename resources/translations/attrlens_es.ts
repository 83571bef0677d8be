<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es">
<context>
    <name>AttrLens</name>
    <message>
        <source>&amp;About AttrLens</source>
        <translation>A&amp;cerca de AttrLens</translation>
    </message>
    <message>
        <source>&amp;Accept the suggestion</source>
        <translation>&amp;Aceptar la sugerencia</translation>
    </message>
    <message>
        <source>&amp;Add folder…</source>
        <translation>Añadir &amp;carpeta…</translation>
    </message>
    <message>
        <source>&amp;Class</source>
        <translation>&amp;Clase</translation>
    </message>
    <message>
        <source>&amp;Class by class</source>
        <translation>&amp;Clase por clase</translation>
    </message>
    <message>
        <source>&amp;Classes and folders</source>
        <translation>Clases &amp;y carpetas</translation>
    </message>
    <message>
        <source>&amp;Close catalog</source>
        <translation>Cerrar catál&amp;ogo</translation>
    </message>
    <message>
        <source>&amp;Compare side by side</source>
        <translation>&amp;Comparar lado a lado</translation>
    </message>
    <message>
        <source>&amp;Copy files</source>
        <translation>&amp;Copiar archivos</translation>
    </message>
    <message>
        <source>&amp;Dark theme</source>
        <translation>Tema osc&amp;uro</translation>
    </message>
    <message>
        <source>&amp;Delete class</source>
        <translation>&amp;Eliminar clase</translation>
    </message>
    <message>
        <source>&amp;Demo catalog</source>
        <translation>Catálogo de de&amp;mostración</translation>
    </message>
    <message>
        <source>&amp;Doubted labels</source>
        <translation>Etiquetas d&amp;udosas</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Edición</translation>
    </message>
    <message>
        <source>&amp;Evaluate</source>
        <translation>E&amp;valuar</translation>
    </message>
    <message>
        <source>&amp;Evaluate the attribute</source>
        <translation>E&amp;valuar el atributo</translation>
    </message>
    <message>
        <source>&amp;Export CSV…</source>
        <translation>&amp;Exportar CSV…</translation>
    </message>
    <message>
        <source>&amp;Fetch the least sure</source>
        <translation>&amp;Traer la menos segura</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Archivo</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>&amp;Filtrar</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>Pantalla c&amp;ompleta</translation>
    </message>
    <message>
        <source>&amp;Gallery</source>
        <translation>&amp;Galería</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Ay&amp;uda</translation>
    </message>
    <message>
        <source>&amp;History…</source>
        <translation>&amp;Historial…</translation>
    </message>
    <message>
        <source>&amp;Image</source>
        <translation>&amp;Imagen</translation>
    </message>
    <message>
        <source>&amp;Invert selection</source>
        <translation>&amp;Invertir selección</translation>
    </message>
    <message>
        <source>&amp;Large view</source>
        <translation>&amp;Vista grande</translation>
    </message>
    <message>
        <source>&amp;Least sure first</source>
        <translation>Menos seguras &amp;primero</translation>
    </message>
    <message>
        <source>&amp;Light theme</source>
        <translation>Tema &amp;claro</translation>
    </message>
    <message>
        <source>&amp;Messages…</source>
        <translation>&amp;Mensajes…</translation>
    </message>
    <message>
        <source>&amp;More like these</source>
        <translation>Más c&amp;omo estas</translation>
    </message>
    <message>
        <source>&amp;New catalog…</source>
        <translation>&amp;Nuevo catálogo…</translation>
    </message>
    <message>
        <source>&amp;Next unlabeled</source>
        <translation>&amp;Siguiente sin etiqueta</translation>
    </message>
    <message>
        <source>&amp;Not like these</source>
        <translation>&amp;No como estas</translation>
    </message>
    <message>
        <source>&amp;Open catalog…</source>
        <translation>&amp;Abrir catálogo…</translation>
    </message>
    <message>
        <source>&amp;Open with its program</source>
        <translation>&amp;Abrir con su programa</translation>
    </message>
    <message>
        <source>&amp;Problem files</source>
        <translation>Arc&amp;hivos con problemas</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Salir</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Rehacer</translation>
    </message>
    <message>
        <source>&amp;Redo: {name}</source>
        <translation>&amp;Rehacer: {name}</translation>
    </message>
    <message>
        <source>&amp;Remove from the catalog</source>
        <translation>&amp;Quitar del catálogo</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Renombrar</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>&amp;Revisión</translation>
    </message>
    <message>
        <source>&amp;Save this filter…</source>
        <translation>&amp;Guardar este filtro…</translation>
    </message>
    <message>
        <source>&amp;Shortcuts</source>
        <translation>&amp;Atajos</translation>
    </message>
    <message>
        <source>&amp;Take out of its class</source>
        <translation>&amp;Sacar de su clase</translation>
    </message>
    <message>
        <source>&amp;Try unreadable files again</source>
        <translation>Reintentar archivos i&amp;legibles</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Deshacer</translation>
    </message>
    <message>
        <source>&amp;Undo: {name}</source>
        <translation>&amp;Deshacer: {name}</translation>
    </message>
    <message>
        <source>&amp;Unknown</source>
        <translation>&amp;Desconocidas</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ver</translation>
    </message>
    <message>
        <source>&amp;Why</source>
        <translation>&amp;Por qué</translation>
    </message>
    <message>
        <source>+, -, Home, wheel</source>
        <translation>+, -, Inicio, rueda</translation>
    </message>
    <message>
        <source>+, -, Z, wheel</source>
        <translation>+, -, Z, rueda</translation>
    </message>
    <message>
        <source>+{n:,} exemplar</source>
        <translation>+{n:,} ejemplar</translation>
    </message>
    <message>
        <source>+{n:,} exemplars</source>
        <translation>+{n:,} ejemplares</translation>
    </message>
    <message>
        <source>+{n:,} label</source>
        <translation>+{n:,} etiqueta</translation>
    </message>
    <message>
        <source>+{n:,} labels</source>
        <translation>+{n:,} etiquetas</translation>
    </message>
    <message>
        <source>-{n:,} exemplar</source>
        <translation>-{n:,} ejemplar</translation>
    </message>
    <message>
        <source>-{n:,} exemplars</source>
        <translation>-{n:,} ejemplares</translation>
    </message>
    <message>
        <source>-{n:,} label</source>
        <translation>-{n:,} etiqueta</translation>
    </message>
    <message>
        <source>-{n:,} labels</source>
        <translation>-{n:,} etiquetas</translation>
    </message>
    <message>
        <source>0 to {last}. One number draws that channel; several draw the mean of them.</source>
        <translation>De 0 a {last}. Un número dibuja ese canal; varios, la media de ellos.</translation>
    </message>
    <message>
        <source>1 less what is alike and lies far away</source>
        <translation>1 menos lo que se parece y está lejos</translation>
    </message>
    <message>
        <source>1 less what lies near without being alike</source>
        <translation>1 menos lo que está cerca sin parecerse</translation>
    </message>
    <message>
        <source>10 dimensions</source>
        <translation>10 dimensiones</translation>
    </message>
    <message>
        <source>1–9 labels and goes on</source>
        <translation>1–9 etiqueta y avanza</translation>
    </message>
    <message>
        <source>1–9 labels and goes on, 0 clears, F fetches the least sure</source>
        <translation>1–9 etiqueta y avanza, 0 quita la etiqueta, F trae la menos segura</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>Intervalo del 95 %</translation>
    </message>
    <message>
        <source>A ) is missing.</source>
        <translation>Falta un ).</translation>
    </message>
    <message>
        <source>A Keras file of your own. Without one, the downloaded file is used.</source>
        <translation>Un archivo de Keras propio. Si no hay ninguno, se usa el descargado.</translation>
    </message>
    <message>
        <source>A accepts the selected suggestions, E makes them exemplars</source>
        <translation>A acepta las sugerencias seleccionadas, E las convierte en ejemplares</translation>
    </message>
    <message>
        <source>A accepts, E makes exemplars, 1–9 corrects</source>
        <translation>A acepta, E crea ejemplares, 1–9 corrige</translation>
    </message>
    <message>
        <source>A deleted attribute</source>
        <translation>Un atributo eliminado</translation>
    </message>
    <message>
        <source>A few exemplars a class: every image has a suggestion, at once.</source>
        <translation>Unos pocos ejemplares por clase: todas las imágenes tienen una sugerencia al instante.</translation>
    </message>
    <message>
        <source>A file of another content is never taken for it.</source>
        <translation>Un archivo de otro contenido nunca se toma por el que falta.</translation>
    </message>
    <message>
        <source>A map is made by an attribute, such as color.</source>
        <translation>Un mapa se hace con un atributo, como el color.</translation>
    </message>
    <message>
        <source>A pattern of your own (regular expression; its first group)</source>
        <translation>Un patrón propio (expresión regular; su primer grupo)</translation>
    </message>
    <message>
        <source>A picture cannot be {width:,} pixels wide.</source>
        <translation>Una imagen no puede tener {width:,} píxeles de ancho.</translation>
    </message>
    <message>
        <source>A picture {width:,} pixels wide has no room for {n:,} columns.</source>
        <translation>Una imagen de {width:,} píxeles de ancho no tiene sitio para {n:,} columnas.</translation>
    </message>
    <message>
        <source>A row is what the label says, a column what the program decides.</source>
        <translation>Una fila es lo que dice la etiqueta; una columna, lo que decide el programa.</translation>
    </message>
    <message>
        <source>A second folder, dropped and classified; grouped by texture.</source>
        <translation>Una segunda carpeta, soltada y clasificada; agrupada por textura.</translation>
    </message>
    <message>
        <source>A signature is the mean of a class&apos;s images: it takes two classes with two labeled images each.</source>
        <translation>Una firma es la media de las imágenes de una clase: hacen falta dos clases con dos imágenes etiquetadas cada una.</translation>
    </message>
    <message>
        <source>A suggestion you accepted</source>
        <translation>Sugerencia aceptada</translation>
    </message>
    <message>
        <source>About 340 generated colors and patterns are shown to the network: no photo is needed. It says which blocks tell colors or textures, and what each channel is tuned to. Some ten seconds.</source>
        <translation>Se muestran a la red unos 340 colores y patrones generados: no hace falta ninguna foto. Dice qué bloques distinguen colores o texturas, y a qué está sintonizado cada canal. Unos diez segundos.</translation>
    </message>
    <message>
        <source>About AttrLens</source>
        <translation>Acerca de AttrLens</translation>
    </message>
    <message>
        <source>About {count} make a class dependable</source>
        <translation>Con unos {count}, una clase es fiable</translation>
    </message>
    <message>
        <source>About {enough} make a class dependable; from {few} on it is told what is unknown.</source>
        <translation>Con unos {enough}, una clase es fiable; a partir de {few} se distingue lo desconocido.</translation>
    </message>
    <message>
        <source>About {share:.0%} of this catalog seems to be of no class.</source>
        <translation>Cerca del {share:.0%} de este catálogo no parece ser de ninguna clase.</translation>
    </message>
    <message>
        <source>Accept all that are &amp;sure enough</source>
        <translation>Aceptar todas las &amp;bastante seguras</translation>
    </message>
    <message>
        <source>Accept {n:,} suggestion</source>
        <translation>Aceptar {n:,} sugerencia</translation>
    </message>
    <message>
        <source>Accept {n:,} suggestions</source>
        <translation>Aceptar {n:,} sugerencias</translation>
    </message>
    <message>
        <source>Access was denied</source>
        <translation>Acceso denegado</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Exactitud</translation>
    </message>
    <message>
        <source>Accuracy by dimensions</source>
        <translation>Exactitud por dimensiones</translation>
    </message>
    <message>
        <source>Accuracy by neighbors</source>
        <translation>Exactitud por vecinos</translation>
    </message>
    <message>
        <source>Accuracy by number of exemplars</source>
        <translation>Exactitud por número de ejemplares</translation>
    </message>
    <message>
        <source>Accuracy of each block&apos;s mean activations ({backbone}).</source>
        <translation>Exactitud de las activaciones medias de cada bloque ({backbone}).</translation>
    </message>
    <message>
        <source>Accuracy of the discriminant</source>
        <translation>Exactitud del discriminante</translation>
    </message>
    <message>
        <source>Accuracy of the majority of four neighbors</source>
        <translation>Exactitud de la mayoría de cuatro vecinos</translation>
    </message>
    <message>
        <source>Accuracy of the nearest class mean, Euclidean</source>
        <translation>Exactitud de la media de clase más cercana, euclidiana</translation>
    </message>
    <message>
        <source>Accuracy of the nearest class mean, cosine</source>
        <translation>Exactitud de la media de clase más cercana, coseno</translation>
    </message>
    <message>
        <source>Accuracy of the nearest neighbor</source>
        <translation>Exactitud del vecino más cercano</translation>
    </message>
    <message>
        <source>Activations of {layer}</source>
        <translation>Activaciones de {layer}</translation>
    </message>
    <message>
        <source>Add &amp;images…</source>
        <translation>Añadir &amp;imágenes…</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Añadir una carpeta</translation>
    </message>
    <message>
        <source>Add a folder of images</source>
        <translation>Añadir una carpeta de imágenes</translation>
    </message>
    <message>
        <source>Add a folder, and its images lie here by how alike they are.</source>
        <translation>Añada una carpeta y sus imágenes se dispondrán aquí según su parecido.</translation>
    </message>
    <message>
        <source>Add as exemplars to</source>
        <translation>Añadir como ejemplares a</translation>
    </message>
    <message>
        <source>Add exemplars, or evaluate all labels in five folds.</source>
        <translation>Añadir ejemplares o evaluar todas las etiquetas en cinco particiones.</translation>
    </message>
    <message>
        <source>Add exemplars, then try again.</source>
        <translation>Añadir ejemplares e intentarlo de nuevo.</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>Añadir carpeta…</translation>
    </message>
    <message>
        <source>Add images</source>
        <translation>Añadir imágenes</translation>
    </message>
    <message>
        <source>Add selected images as exemplars</source>
        <translation>Añadir imágenes seleccionadas como ejemplares</translation>
    </message>
    <message>
        <source>Add to {attribute} as exemplar</source>
        <translation>Añadir a {attribute} como ejemplar</translation>
    </message>
    <message>
        <source>Add {what} to the catalog</source>
        <translation>Añadir {what} al catálogo</translation>
    </message>
    <message>
        <source>Add {what} to the catalog and classify</source>
        <translation>Añadir {what} al catálogo y clasificar</translation>
    </message>
    <message>
        <source>Add {what} to {n:,} class</source>
        <translation>Añadir {what} a {n:,} clase</translation>
    </message>
    <message>
        <source>Add {what} to {n:,} classes</source>
        <translation>Añadir {what} a {n:,} clases</translation>
    </message>
    <message>
        <source>Add {what} to {name}</source>
        <translation>Añadir {what} a {name}</translation>
    </message>
    <message>
        <source>Add {what} to {name} as exemplars</source>
        <translation>Añadir {what} a los ejemplares de {name}</translation>
    </message>
    <message>
        <source>Adding images</source>
        <translation>Añadiendo imágenes</translation>
    </message>
    <message>
        <source>Adding {what}</source>
        <translation>Añadiendo {what}</translation>
    </message>
    <message>
        <source>Adjusted Rand</source>
        <translation>Rand ajustado</translation>
    </message>
    <message>
        <source>Adjusted Rand index: 0 by chance, 1 the same</source>
        <translation>Índice de Rand ajustado: 0 por azar, 1 iguales</translation>
    </message>
    <message>
        <source>Adjusted mutual information</source>
        <translation>Información mutua ajustada</translation>
    </message>
    <message>
        <source>Adjusted mutual information: 0 by chance, 1 the same</source>
        <translation>Información mutua ajustada: 0 por azar, 1 iguales</translation>
    </message>
    <message>
        <source>Against the labels</source>
        <translation>Frente a las etiquetas</translation>
    </message>
    <message>
        <source>Alike</source>
        <translation>Parecidos</translation>
    </message>
    <message>
        <source>All images</source>
        <translation>Todas las imágenes</translation>
    </message>
    <message>
        <source>All images are reduced together, labels unused. The last point is the descriptor itself.</source>
        <translation>Todas las imágenes se reducen juntas, sin usar las etiquetas. El último punto es el propio descriptor.</translation>
    </message>
    <message>
        <source>All labels, in five folds</source>
        <translation>Todas las etiquetas, en cinco particiones</translation>
    </message>
    <message>
        <source>All of it is in the catalog already</source>
        <translation>Todo está ya en el catálogo</translation>
    </message>
    <message>
        <source>An automatic choice needs two classes with 10 exemplars each.</source>
        <translation>Una elección automática necesita dos clases con 10 ejemplares cada una.</translation>
    </message>
    <message>
        <source>An evaluation has no part {name}.</source>
        <translation>Una evaluación no tiene ninguna parte {name}.</translation>
    </message>
    <message>
        <source>An evaluation needs one sub-folder per class.</source>
        <translation>Una evaluación necesita una subcarpeta por clase.</translation>
    </message>
    <message>
        <source>An evaluation needs two classes to learn from; there are {n}.</source>
        <translation>Una evaluación necesita dos clases de las que aprender; hay {n}.</translation>
    </message>
    <message>
        <source>An evaluation needs two classes to learn from; there is {n}.</source>
        <translation>Una evaluación necesita dos clases de las que aprender; hay {n}.</translation>
    </message>
    <message>
        <source>An evaluation needs two classes with {least} labeled images each, of two groups at least; there are: {classes}.</source>
        <translation>Una evaluación necesita dos clases con {least} imágenes etiquetadas cada una, de al menos dos grupos; hay: {classes}.</translation>
    </message>
    <message>
        <source>An evaluation of {name} needs two classes with {count} labeled images each.</source>
        <translation>Una evaluación de {name} necesita dos clases con {count} imágenes etiquetadas cada una.</translation>
    </message>
    <message>
        <source>An image cannot be {value}.</source>
        <translation>Una imagen no puede ser {value}.</translation>
    </message>
    <message>
        <source>Apache License 2.0. Nothing leaves this computer.</source>
        <translation>Licencia Apache 2.0. Nada sale de este equipo.</translation>
    </message>
    <message>
        <source>Apr</source>
        <translation>abr</translation>
    </message>
    <message>
        <source>Are the {n:,} sub-folders classes? ({names} and more)</source>
        <translation>¿Son clases las {n:,} subcarpetas? ({names} y más)</translation>
    </message>
    <message>
        <source>Are the {n:,} sub-folders classes? ({names})</source>
        <translation>¿Son clases las {n:,} subcarpetas? ({names})</translation>
    </message>
    <message>
        <source>Arrange</source>
        <translation>Disponer</translation>
    </message>
    <message>
        <source>Arrows, Page, Home, End</source>
        <translation>Flechas, Re Pág, Av Pág, Inicio, Fin</translation>
    </message>
    <message>
        <source>As added</source>
        <translation>Por orden de adición</translation>
    </message>
    <message>
        <source>As drawn</source>
        <translation>Como se dibujó</translation>
    </message>
    <message>
        <source>As now</source>
        <translation>Como ahora</translation>
    </message>
    <message>
        <source>As the others</source>
        <translation>Como las demás</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Como el sistema</translation>
    </message>
    <message>
        <source>As {attribute} classes</source>
        <translation>Como clases de {attribute}</translation>
    </message>
    <message>
        <source>Atlas</source>
        <translation>Atlas</translation>
    </message>
    <message>
        <source>Atlas of Neuron Features</source>
        <translation>Atlas de rasgos</translation>
    </message>
    <message>
        <source>AttrLens reads JPEG, PNG, WebP, AVIF, TIFF, BMP and GIF.</source>
        <translation>AttrLens lee JPEG, PNG, WebP, AVIF, TIFF, BMP y GIF.</translation>
    </message>
    <message>
        <source>AttrLens, safe mode</source>
        <translation>AttrLens, modo seguro</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>Atributos</translation>
    </message>
    <message>
        <source>Attributes and classes</source>
        <translation>Atributos y clases</translation>
    </message>
    <message>
        <source>Aug</source>
        <translation>ago</translation>
    </message>
    <message>
        <source>Back to gallery</source>
        <translation>Volver a la galería</translation>
    </message>
    <message>
        <source>Back to gallery (Esc)</source>
        <translation>Volver a la galería (Esc)</translation>
    </message>
    <message>
        <source>Backbone</source>
        <translation>Red base</translation>
    </message>
    <message>
        <source>Beside the map</source>
        <translation>Junto al mapa</translation>
    </message>
    <message>
        <source>Blend</source>
        <translation>Mezclar</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Bloque</translation>
    </message>
    <message>
        <source>Block by block</source>
        <translation>Bloque por bloque</translation>
    </message>
    <message>
        <source>Block {block} · {layer} · {n:,}</source>
        <translation>Bloque {block} · {layer} · {n:,}</translation>
    </message>
    <message>
        <source>Block {name}, class by class</source>
        <translation>Bloque {name}, clase por clase</translation>
    </message>
    <message>
        <source>Block {name}: overlap {share}, after UMAP {reduced}</source>
        <translation>Bloque {name}: solapamiento {share}, tras UMAP {reduced}</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>Desenfoque</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>Compilación</translation>
    </message>
    <message>
        <source>Built-in {name}</source>
        <translation>Integrada: {name}</translation>
    </message>
    <message>
        <source>By SKU</source>
        <translation>Por SKU</translation>
    </message>
    <message>
        <source>By class</source>
        <translation>Por clase</translation>
    </message>
    <message>
        <source>By classes</source>
        <translation>Por clases</translation>
    </message>
    <message>
        <source>By color</source>
        <translation>Por color</translation>
    </message>
    <message>
        <source>By file size</source>
        <translation>Por tamaño de archivo</translation>
    </message>
    <message>
        <source>By folder</source>
        <translation>Por carpeta</translation>
    </message>
    <message>
        <source>By folder and name</source>
        <translation>Por carpeta y nombre</translation>
    </message>
    <message>
        <source>By label state</source>
        <translation>Por estado de la etiqueta</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Por nombre</translation>
    </message>
    <message>
        <source>By pixels</source>
        <translation>Por píxeles</translation>
    </message>
    <message>
        <source>By what images are compared</source>
        <translation>Según qué se comparan las imágenes</translation>
    </message>
    <message>
        <source>By what images are compared: {by}</source>
        <translation>Según qué se comparan las imágenes: {by}</translation>
    </message>
    <message>
        <source>By {attribute}</source>
        <translation>Por {attribute}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Cancelando…</translation>
    </message>
    <message>
        <source>Catalog (*.attrlens)</source>
        <translation>Catálogo (*.attrlens)</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Cambio</translation>
    </message>
    <message>
        <source>Change &amp;swatch…</source>
        <translation>Cambiar &amp;muestra de color…</translation>
    </message>
    <message>
        <source>Change something to search again.</source>
        <translation>Cambie algo para buscar otra vez.</translation>
    </message>
    <message>
        <source>Change swatch…</source>
        <translation>Cambiar muestra de color…</translation>
    </message>
    <message>
        <source>Change the recipe of {name}</source>
        <translation>Cambiar la receta de {name}</translation>
    </message>
    <message>
        <source>Changes there are noticed when you come back to the window, or by File, Look for changes.</source>
        <translation>Los cambios allí se detectan al volver a la ventana o con Archivo, Buscar cambios.</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>Canal</translation>
    </message>
    <message>
        <source>Channel {channel}</source>
        <translation>Canal {channel}</translation>
    </message>
    <message>
        <source>Channel {channel} of {layer}</source>
        <translation>Canal {channel} de {layer}</translation>
    </message>
    <message>
        <source>Channel {channel} of {layer}. {spoke}</source>
        <translation>Canal {channel} de {layer}. {spoke}</translation>
    </message>
    <message>
        <source>Channel {channel} of {layer}: its strongest answer is {value:.3g}, to {what}</source>
        <translation>Canal {channel} de {layer}: su respuesta más fuerte es {value:.3g}, a {what}</translation>
    </message>
    <message>
        <source>Channel {channel}: {classes}</source>
        <translation>Canal {channel}: {classes}</translation>
    </message>
    <message>
        <source>Channel {channel}: {value:.2f}</source>
        <translation>Canal {channel}: {value:.2f}</translation>
    </message>
    <message>
        <source>Channel {n}: its best answer to it is {value:+.1f} deviations from its answers to the others</source>
        <translation>Canal {n}: su mejor respuesta está a {value:+.1f} desviaciones de sus respuestas a los demás</translation>
    </message>
    <message>
        <source>Channel {n}: mean {mean:.3g}, peak {peak:.3g}</source>
        <translation>Canal {n}: media {mean:.3g}, máximo {peak:.3g}</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Canales</translation>
    </message>
    <message>
        <source>Channels of the current image</source>
        <translation>Canales de la imagen actual</translation>
    </message>
    <message>
        <source>Channels that answer to it</source>
        <translation>Canales que responden</translation>
    </message>
    <message>
        <source>Channels to draw</source>
        <translation>Canales que dibujar</translation>
    </message>
    <message>
        <source>Channels: 113, or 4, 8, 15</source>
        <translation>Canales: 113, o 4, 8, 15</translation>
    </message>
    <message>
        <source>Channels: ▸ for {best}, ◂ for {other}</source>
        <translation>Canales: ▸ a favor de {best}, ◂ a favor de {other}</translation>
    </message>
    <message>
        <source>Check the drive or the network connection, then try again.</source>
        <translation>Comprobar la unidad o la conexión de red y volver a intentarlo.</translation>
    </message>
    <message>
        <source>Check the names of the classes.</source>
        <translation>Comprobar los nombres de las clases.</translation>
    </message>
    <message>
        <source>Check the network and try again (it goes on where it stopped), or choose a file you already have.</source>
        <translation>Comprobar la red e intentarlo de nuevo (se continúa donde se detuvo), o elegir un archivo ya disponible.</translation>
    </message>
    <message>
        <source>Check the path and that it is a CSV file.</source>
        <translation>Comprobar la ruta y que sea un archivo CSV.</translation>
    </message>
    <message>
        <source>Check the permissions of its folder.</source>
        <translation>Comprobar los permisos de su carpeta.</translation>
    </message>
    <message>
        <source>Check the permissions of the file or folder.</source>
        <translation>Comprobar los permisos del archivo o de la carpeta.</translation>
    </message>
    <message>
        <source>Choose 256 to {most:,}.</source>
        <translation>Elija de 256 a {most:,}.</translation>
    </message>
    <message>
        <source>Choose a channel to see what excites it.</source>
        <translation>Elija un canal para ver qué lo excita.</translation>
    </message>
    <message>
        <source>Choose a file with the top layer, or the bundled network.</source>
        <translation>Elija un archivo con la última capa, o la red incluida.</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Elegir un archivo…</translation>
    </message>
    <message>
        <source>Choose a folder that holds catalog.sqlite.</source>
        <translation>Elegir una carpeta que contenga catalog.sqlite.</translation>
    </message>
    <message>
        <source>Choose a folder you can write to.</source>
        <translation>Elegir una carpeta en la que se pueda escribir.</translation>
    </message>
    <message>
        <source>Choose a wider one.</source>
        <translation>Elija una más ancha.</translation>
    </message>
    <message>
        <source>Choose it again, or remove the choice.</source>
        <translation>Elegirlo otra vez o quitar la elección.</translation>
    </message>
    <message>
        <source>Choose the folder that missing files are in now</source>
        <translation>Elegir la carpeta en la que están ahora los archivos que faltan</translation>
    </message>
    <message>
        <source>Choose {title}</source>
        <translation>Elegir: {title}</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Elegir…</translation>
    </message>
    <message>
        <source>Chroma</source>
        <translation>Croma</translation>
    </message>
    <message>
        <source>Cividis</source>
        <translation>Cividis</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Clase</translation>
    </message>
    <message>
        <source>Class by class</source>
        <translation>Clase por clase</translation>
    </message>
    <message>
        <source>Class by class, least sure first</source>
        <translation>Clase por clase, menos seguras primero</translation>
    </message>
    <message>
        <source>Class left out</source>
        <translation>Clase excluida</translation>
    </message>
    <message>
        <source>Class purity</source>
        <translation>Pureza de clases</translation>
    </message>
    <message>
        <source>Class selectivity: 1 where one class accounts for what excites it</source>
        <translation>Selectividad de clase: 1 si una sola clase explica lo que lo excita</translation>
    </message>
    <message>
        <source>Class signatures</source>
        <translation>Firmas de las clases</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Clases</translation>
    </message>
    <message>
        <source>Classes from {n:,} folder</source>
        <translation>Clases de {n:,} carpeta</translation>
    </message>
    <message>
        <source>Classes from {n:,} folders</source>
        <translation>Clases de {n:,} carpetas</translation>
    </message>
    <message>
        <source>Classes left out, met as unknown</source>
        <translation>Clases excluidas, tratadas como desconocidas</translation>
    </message>
    <message>
        <source>Classes met as unknown</source>
        <translation>Clases tratadas como desconocidas</translation>
    </message>
    <message>
        <source>Classifying by {name}</source>
        <translation>Clasificando por {name}</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Quitar la etiqueta</translation>
    </message>
    <message>
        <source>Clear the filter (Esc)</source>
        <translation>Quitar el filtro (Esc)</translation>
    </message>
    <message>
        <source>Click shows the image</source>
        <translation>Un clic muestra la imagen</translation>
    </message>
    <message>
        <source>Click switches off and on, double click shows one alone</source>
        <translation>Un clic apaga y enciende; doble clic muestra uno solo</translation>
    </message>
    <message>
        <source>Close it there first.</source>
        <translation>Cerrarlo allí primero.</translation>
    </message>
    <message>
        <source>Close neighbors</source>
        <translation>Vecinos cercanos</translation>
    </message>
    <message>
        <source>Close other programs or make it smaller.</source>
        <translation>Cerrar otros programas o reducir la imagen.</translation>
    </message>
    <message>
        <source>Close other programs, then try again.</source>
        <translation>Cerrar otros programas y volver a intentarlo.</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>Conglomerado</translation>
    </message>
    <message>
        <source>Cluster {n}</source>
        <translation>Conglomerado {n}</translation>
    </message>
    <message>
        <source>Clusters</source>
        <translation>Conglomerados</translation>
    </message>
    <message>
        <source>Clusters against labels: adjusted Rand index</source>
        <translation>Conglomerados frente a etiquetas: índice de Rand ajustado</translation>
    </message>
    <message>
        <source>Clusters against labels: adjusted mutual information</source>
        <translation>Conglomerados frente a etiquetas: información mutua ajustada</translation>
    </message>
    <message>
        <source>Clusters and classes, AMI</source>
        <translation>Conglomerados y clases, AMI</translation>
    </message>
    <message>
        <source>Clusters and classes, ARI</source>
        <translation>Conglomerados y clases, ARI</translation>
    </message>
    <message>
        <source>Clusters and labels, by block</source>
        <translation>Conglomerados y etiquetas, por bloque</translation>
    </message>
    <message>
        <source>Clusters by block</source>
        <translation>Conglomerados por bloque</translation>
    </message>
    <message>
        <source>Clusters by block, distances of pairs and nearest neighbors in reduced spaces come from a full evaluation of this attribute, which takes a minute or two.</source>
        <translation>Los conglomerados por bloque, las distancias de pares y los vecinos en espacios reducidos vienen de una evaluación completa de este atributo, que lleva uno o dos minutos.</translation>
    </message>
    <message>
        <source>Clusters found without labels</source>
        <translation>Conglomerados hallados sin etiquetas</translation>
    </message>
    <message>
        <source>Clusters in one piece</source>
        <translation>Conglomerados de una pieza</translation>
    </message>
    <message>
        <source>Color</source>
        <translation>Color</translation>
    </message>
    <message>
        <source>Color by</source>
        <translation>Colorear por</translation>
    </message>
    <message>
        <source>Color selectivity: the share of its answer that is lost with the color</source>
        <translation>Selectividad al color: la parte de su respuesta que se pierde con el color</translation>
    </message>
    <message>
        <source>Colors</source>
        <translation>Colores</translation>
    </message>
    <message>
        <source>Colors: {what}</source>
        <translation>Colores: {what}</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Columnas</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Comparar</translation>
    </message>
    <message>
        <source>Comparing by classes</source>
        <translation>Comparando por clases</translation>
    </message>
    <message>
        <source>Comparing pictures</source>
        <translation>Comparando las fotos</translation>
    </message>
    <message>
        <source>Comparing pictures …</source>
        <translation>Comparando las fotos …</translation>
    </message>
    <message>
        <source>Comparing recipes</source>
        <translation>Comparando recetas</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Confianza</translation>
    </message>
    <message>
        <source>Confidence against share right</source>
        <translation>Confianza frente a proporción de acertadas</translation>
    </message>
    <message>
        <source>Confidence, %   (up: right, %)</source>
        <translation>Confianza, %   (vertical: acertadas, %)</translation>
    </message>
    <message>
        <source>Confidence, %   (up: share right, %)</source>
        <translation>Confianza, %   (vertical: proporción de acertadas, %)</translation>
    </message>
    <message>
        <source>Continuity</source>
        <translation>Continuidad</translation>
    </message>
    <message>
        <source>Copies of a photo</source>
        <translation>Copias de una foto</translation>
    </message>
    <message>
        <source>Copies or nearly the same picture: they add nothing, and make the class look surer than it is.</source>
        <translation>Copias o casi la misma foto: no aportan nada y hacen que la clase parezca más segura de lo que es.</translation>
    </message>
    <message>
        <source>Copies, the same shot in another color, images of one product</source>
        <translation>Copias, la misma toma en otro color, imágenes de un producto</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Copy &amp;paths</source>
        <translation>Copiar r&amp;utas</translation>
    </message>
    <message>
        <source>Copy an error &amp;report…</source>
        <translation>Copiar un &amp;informe de error…</translation>
    </message>
    <message>
        <source>Copy it again from its source.</source>
        <translation>Copiarla de nuevo desde su origen.</translation>
    </message>
    <message>
        <source>Copy the selected image here</source>
        <translation>Copiar aquí la imagen seleccionada</translation>
    </message>
    <message>
        <source>Copy the {n:,} selected images here</source>
        <translation>Copiar aquí las {n:,} imágenes seleccionadas</translation>
    </message>
    <message>
        <source>Copy to a folder</source>
        <translation>Copiar en una carpeta</translation>
    </message>
    <message>
        <source>Copy {n:,} file to the folder {name}</source>
        <translation>Copiar {n:,} archivo en la carpeta {name}</translation>
    </message>
    <message>
        <source>Copy {n:,} files to the folder {name}</source>
        <translation>Copiar {n:,} archivos en la carpeta {name}</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>Copiando</translation>
    </message>
    <message>
        <source>Copying to {folder}</source>
        <translation>Copiando en {folder}</translation>
    </message>
    <message>
        <source>Copying {name}</source>
        <translation>Copiando {name}</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>Coseno</translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation>No se pudieron leer</translation>
    </message>
    <message>
        <source>Create attribute</source>
        <translation>Crear atributo</translation>
    </message>
    <message>
        <source>Ctrl+Space, Tab</source>
        <translation>Ctrl+Espacio, Tab</translation>
    </message>
    <message>
        <source>Ctrl+arrows, Ctrl+Space</source>
        <translation>Ctrl+flechas, Ctrl+Espacio</translation>
    </message>
    <message>
        <source>Ctrl+wheel</source>
        <translation>Ctrl+rueda</translation>
    </message>
    <message>
        <source>DPQ with p = 16, up to 4,096 images: 1 is the best there is</source>
        <translation>DPQ con p = 16, hasta 4096 imágenes: 1 es lo mejor posible</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Oscuro</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Datos</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Fecha</translation>
    </message>
    <message>
        <source>Dec</source>
        <translation>dic</translation>
    </message>
    <message>
        <source>Decay</source>
        <translation>Decaimiento</translation>
    </message>
    <message>
        <source>Decide by</source>
        <translation>Decidir por</translation>
    </message>
    <message>
        <source>Decide {name} by: {method}</source>
        <translation>Decidir {name} por: {method}</translation>
    </message>
    <message>
        <source>Decided by the {method} on the recipe {recipe}, as the program does it. An image called unknown counts as not right; without the threshold {without} would be right. In brackets and on bars: 95 % intervals.</source>
        <translation>Decidido por el método {method} con la receta {recipe}, como lo hace el programa. Una imagen dada por desconocida no cuenta como acertada; sin el umbral, la proporción de acertadas sería {without}. Entre paréntesis y en las barras: intervalos del 95 %.</translation>
    </message>
    <message>
        <source>Decided otherwise than labeled: {n:,}</source>
        <translation>Decisión distinta de la etiqueta: {n:,}</translation>
    </message>
    <message>
        <source>Decided wrongly</source>
        <translation>Decisiones equivocadas</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>Decisiones</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Supr</translation>
    </message>
    <message>
        <source>Delete a filter</source>
        <translation>Eliminar un filtro</translation>
    </message>
    <message>
        <source>Delete attribute</source>
        <translation>Eliminar atributo</translation>
    </message>
    <message>
        <source>Delete attribute {name}</source>
        <translation>Eliminar atributo {name}</translation>
    </message>
    <message>
        <source>Delete class</source>
        <translation>Eliminar clase</translation>
    </message>
    <message>
        <source>Delete class {name}</source>
        <translation>Eliminar clase {name}</translation>
    </message>
    <message>
        <source>Delete the filter {name}</source>
        <translation>Eliminar el filtro {name}</translation>
    </message>
    <message>
        <source>Demo classes</source>
        <translation>Clases de demostración</translation>
    </message>
    <message>
        <source>Describe &amp;waiting images</source>
        <translation>&amp;Describir imágenes pendientes</translation>
    </message>
    <message>
        <source>Describing for the evaluation of {name}</source>
        <translation>Describiendo para la evaluación de {name}</translation>
    </message>
    <message>
        <source>Describing images</source>
        <translation>Describiendo imágenes</translation>
    </message>
    <message>
        <source>Describing images on the {device}</source>
        <translation>Describiendo imágenes en la {device}</translation>
    </message>
    <message>
        <source>Describing the pictures</source>
        <translation>Describiendo las fotos</translation>
    </message>
    <message>
        <source>Descriptor</source>
        <translation>Descriptor</translation>
    </message>
    <message>
        <source>Descriptors</source>
        <translation>Descriptores</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalles</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>Detalles…</translation>
    </message>
    <message>
        <source>Dimensions   (up: right, %)</source>
        <translation>Dimensiones   (vertical: acertadas, %)</translation>
    </message>
    <message>
        <source>Direction only</source>
        <translation>Solo la dirección</translation>
    </message>
    <message>
        <source>Discr.</source>
        <translation>Discr.</translation>
    </message>
    <message>
        <source>Discriminant</source>
        <translation>Discriminante</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Descartar</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Distancia</translation>
    </message>
    <message>
        <source>Distance preservation</source>
        <translation>Conservación de distancias</translation>
    </message>
    <message>
        <source>Distance, {space}; overlap {share}</source>
        <translation>Distancia, {space}; solapamiento {share}</translation>
    </message>
    <message>
        <source>Distances</source>
        <translation>Distancias</translation>
    </message>
    <message>
        <source>Distances between pairs</source>
        <translation>Distancias entre pares</translation>
    </message>
    <message>
        <source>Do not ask again</source>
        <translation>No volver a preguntar</translation>
    </message>
    <message>
        <source>Does it notice what it never saw?</source>
        <translation>¿Nota lo que nunca vio?</translation>
    </message>
    <message>
        <source>Done again: {name}</source>
        <translation>Rehecho: {name}</translation>
    </message>
    <message>
        <source>Doubted labels</source>
        <translation>Etiquetas dudosas</translation>
    </message>
    <message>
        <source>Download once (95 MB)</source>
        <translation>Descargar una vez (95 MB)</translation>
    </message>
    <message>
        <source>Download them once ({size:.0f} MB), or choose a file: {name}.</source>
        <translation>Descargarlos una vez ({size:.0f} MB) o elegir un archivo: {name}.</translation>
    </message>
    <message>
        <source>Downloaded {path}.</source>
        <translation>Se descargó {path}.</translation>
    </message>
    <message>
        <source>Downloading {name}</source>
        <translation>Descargando {name}</translation>
    </message>
    <message>
        <source>Downloading {name} ({size:.0f} MB)</source>
        <translation>Descargando {name} ({size:.0f} MB)</translation>
    </message>
    <message>
        <source>Drag about 80 photos onto a class; it works from the first.</source>
        <translation>Arrastrar unas 80 fotos a una clase; funciona desde la primera.</translation>
    </message>
    <message>
        <source>Drag about {count} photos onto a class; it works from the first.</source>
        <translation>Arrastrar unas {count} fotos a una clase; funciona desde la primera.</translation>
    </message>
    <message>
        <source>Drag and Ctrl+wheel move and zoom; a double click on a class shows it alone.</source>
        <translation>Arrastrar y Ctrl+rueda mueven y amplían; un doble clic en una clase la muestra sola.</translation>
    </message>
    <message>
        <source>Drag photos onto it; it works from the first.</source>
        <translation>Arrastrar fotos a ella; funciona desde la primera.</translation>
    </message>
    <message>
        <source>Drag the line below the classes; 1–9 labels, E makes exemplars</source>
        <translation>Arrastrar la línea bajo las clases; 1–9 etiqueta, E crea ejemplares</translation>
    </message>
    <message>
        <source>Drag the line: what is left of it is unknown. Arrow keys move it by 1 %, Esc gives up.</source>
        <translation>Arrastrar la línea: lo que queda a su izquierda es desconocido. Las flechas la mueven un 1 %; Esc cancela.</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>Dibujar</translation>
    </message>
    <message>
        <source>Draw around images to select them (S)</source>
        <translation>Rodear imágenes para seleccionarlas (S)</translation>
    </message>
    <message>
        <source>Draw around the part that counts; a click takes the whole picture again</source>
        <translation>Dibuje alrededor de la parte que cuenta; un clic vuelve a la foto entera</translation>
    </message>
    <message>
        <source>Draw the picture that the picked channel answers to most</source>
        <translation>Dibujar la imagen a la que más responde el canal elegido</translation>
    </message>
    <message>
        <source>Draw what it answers to</source>
        <translation>Dibujar a qué responde</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>Dibujando</translation>
    </message>
    <message>
        <source>Drawing channel {channel}</source>
        <translation>Dibujando el canal {channel}</translation>
    </message>
    <message>
        <source>Drawing demo images</source>
        <translation>Dibujando imágenes de demostración</translation>
    </message>
    <message>
        <source>Drawing the demo garments</source>
        <translation>Dibujando las prendas de demostración</translation>
    </message>
    <message>
        <source>Drawing what excites each channel</source>
        <translation>Dibujando qué excita cada canal</translation>
    </message>
    <message>
        <source>Drawing {name}</source>
        <translation>Dibujando {name}</translation>
    </message>
    <message>
        <source>Drawing {n} channels</source>
        <translation>Dibujando {n} canales</translation>
    </message>
    <message>
        <source>Drawings</source>
        <translation>Dibujos</translation>
    </message>
    <message>
        <source>Drawn pictures</source>
        <translation>Imágenes dibujadas</translation>
    </message>
    <message>
        <source>Drawn toward gray at each step</source>
        <translation>Atraída hacia el gris en cada paso</translation>
    </message>
    <message>
        <source>Drop a few photos on a class and it works at once.
Everything stays on this computer, and your photos are never changed.</source>
        <translation>Basta soltar unas fotos sobre una clase: funciona al instante.
Todo queda en este equipo y las fotos nunca se modifican.</translation>
    </message>
    <message>
        <source>Drop a folder of photos here</source>
        <translation>Soltar aquí una carpeta de fotos</translation>
    </message>
    <message>
        <source>Drop a folder of photos on the window.</source>
        <translation>Suelte una carpeta de fotos en la ventana.</translation>
    </message>
    <message>
        <source>Drop a picture here: from the gallery, a folder or a browser. Or paste one (Ctrl+V), or select images and press Ctrl+L.</source>
        <translation>Suelte aquí una foto: de la galería, de una carpeta o de un navegador. O pegue una (Ctrl+V), o seleccione imágenes y pulse Ctrl+L.</translation>
    </message>
    <message>
        <source>Drop about {count} photos here</source>
        <translation>Soltar aquí unas {count} fotos</translation>
    </message>
    <message>
        <source>Drop here what is to be found</source>
        <translation>Suelte aquí lo que se busca</translation>
    </message>
    <message>
        <source>Drop photos here</source>
        <translation>Soltar fotos aquí</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Omisión</translation>
    </message>
    <message>
        <source>E keeps the label and makes it an exemplar, 1–9 corrects it</source>
        <translation>E conserva la etiqueta y convierte la imagen en ejemplar, 1–9 corrige la etiqueta</translation>
    </message>
    <message>
        <source>E&amp;xemplars</source>
        <translation>&amp;Ejemplares</translation>
    </message>
    <message>
        <source>Each class is left out once and met as unknown. 1: its images always get less confidence than the others; 0.5: no difference. {share} of them fall below the threshold.</source>
        <translation>Cada clase se excluye una vez y se trata como desconocida. 1: sus imágenes siempre reciben menos confianza que las demás; 0,5: ninguna diferencia. Por debajo del umbral queda el {share} de ellas.</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Enter shows it</source>
        <translation>Intro lo muestra</translation>
    </message>
    <message>
        <source>Enter shows it in the inspector, the arrow keys go to the next row</source>
        <translation>Intro la muestra en el inspector, las flechas van a la fila siguiente</translation>
    </message>
    <message>
        <source>Enter shows the exemplars of a class in the gallery</source>
        <translation>Intro muestra los ejemplares de una clase en la galería</translation>
    </message>
    <message>
        <source>Enter shows where in the picture</source>
        <translation>Intro muestra en qué lugar de la foto</translation>
    </message>
    <message>
        <source>Error report</source>
        <translation>Informe de error</translation>
    </message>
    <message>
        <source>Error report…</source>
        <translation>Informe de error…</translation>
    </message>
    <message>
        <source>Euclidean</source>
        <translation>euclidiana</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>Evaluar</translation>
    </message>
    <message>
        <source>Evaluate everything…</source>
        <translation>Evaluarlo todo…</translation>
    </message>
    <message>
        <source>Evaluate the attribute (Ctrl+Shift+E)</source>
        <translation>Evaluar el atributo (Ctrl+Mayús+E)</translation>
    </message>
    <message>
        <source>Evaluating {name}</source>
        <translation>Evaluando {name}</translation>
    </message>
    <message>
        <source>Evaluating {name}…</source>
        <translation>Evaluando {name}…</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>Evaluación</translation>
    </message>
    <message>
        <source>Evaluation of {name}</source>
        <translation>Evaluación de {name}</translation>
    </message>
    <message>
        <source>Every file could be read</source>
        <translation>Todos los archivos se pudieron leer</translation>
    </message>
    <message>
        <source>Every file is where it was</source>
        <translation>Todos los archivos están donde estaban</translation>
    </message>
    <message>
        <source>Every file is where it was, and could be read.</source>
        <translation>Todos los archivos están donde estaban y se pudieron leer.</translation>
    </message>
    <message>
        <source>Every image got its label</source>
        <translation>Todas las imágenes recibieron su etiqueta</translation>
    </message>
    <message>
        <source>Every image is labeled</source>
        <translation>Todas las imágenes están etiquetadas</translation>
    </message>
    <message>
        <source>Every image suggested for this class has a label.</source>
        <translation>Todas las imágenes sugeridas para esta clase tienen etiqueta.</translation>
    </message>
    <message>
        <source>Every image that was looked at is labeled</source>
        <translation>Todas las imágenes examinadas están etiquetadas</translation>
    </message>
    <message>
        <source>Every image with a sure suggestion has a label.</source>
        <translation>Todas las imágenes con una sugerencia segura tienen etiqueta.</translation>
    </message>
    <message>
        <source>Every suggestion reaches the threshold of its class.</source>
        <translation>Todas las sugerencias alcanzan el umbral de su clase.</translation>
    </message>
    <message>
        <source>Everything, by block</source>
        <translation>Todo, por bloque</translation>
    </message>
    <message>
        <source>Examine the exemplars (F6)</source>
        <translation>Examinar los ejemplares (F6)</translation>
    </message>
    <message>
        <source>Examining exemplars</source>
        <translation>Examinando ejemplares</translation>
    </message>
    <message>
        <source>Examining exemplars of {name}</source>
        <translation>Examinando ejemplares de {name}</translation>
    </message>
    <message>
        <source>Examining the exemplars…</source>
        <translation>Examinando los ejemplares…</translation>
    </message>
    <message>
        <source>Excites it most</source>
        <translation>Lo que más lo excita</translation>
    </message>
    <message>
        <source>Excites it most in {name}</source>
        <translation>Lo que más lo excita en {name}</translation>
    </message>
    <message>
        <source>Exemplar of {name}, distance {distance:.2f}</source>
        <translation>Ejemplar de {name}, distancia {distance:.2f}</translation>
    </message>
    <message>
        <source>Exemplar of {name}, distance {distance:.3f}. Click shows it.</source>
        <translation>Ejemplar de {name}, distancia {distance:.3f}. Un clic lo muestra.</translation>
    </message>
    <message>
        <source>Exemplars</source>
        <translation>Ejemplares</translation>
    </message>
    <message>
        <source>Exemplars a class   (up: right, %)</source>
        <translation>Ejemplares por clase   (vertical: acertadas, %)</translation>
    </message>
    <message>
        <source>Exemplars and other labels are needed</source>
        <translation>Se necesitan ejemplares y otras etiquetas</translation>
    </message>
    <message>
        <source>Exemplars by class</source>
        <translation>Ejemplares por clase</translation>
    </message>
    <message>
        <source>Exemplars drawn at random, several times; the band is the least and the most.</source>
        <translation>Ejemplares tomados al azar, varias veces; la banda va del mínimo al máximo.</translation>
    </message>
    <message>
        <source>Exemplars of {name}</source>
        <translation>Ejemplares de {name}</translation>
    </message>
    <message>
        <source>Exemplars only</source>
        <translation>Solo ejemplares</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportar</translation>
    </message>
    <message>
        <source>Export CSV</source>
        <translation>Exportar CSV</translation>
    </message>
    <message>
        <source>Export it as JPEG or PNG.</source>
        <translation>Exportarlo como JPEG o PNG.</translation>
    </message>
    <message>
        <source>Export the record</source>
        <translation>Exportar el historial de decisiones</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>F&amp;olders</source>
        <translation>Carpe&amp;tas</translation>
    </message>
    <message>
        <source>Far from every class. Keep what belongs, the class then covers more; remove what does not.</source>
        <translation>Lejos de todas las clases. Conservar lo que corresponde, así la clase abarca más; quitar lo que no.</translation>
    </message>
    <message>
        <source>Feb</source>
        <translation>feb</translation>
    </message>
    <message>
        <source>Few show fine groups, many show the large ones</source>
        <translation>Pocos muestran grupos finos; muchos, los grandes</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Archivo</translation>
    </message>
    <message>
        <source>File &amp;names</source>
        <translation>&amp;Nombres de archivo</translation>
    </message>
    <message>
        <source>File name up to the first dash (1234-red.jpg: 1234)</source>
        <translation>Nombre de archivo hasta el primer guion (1234-red.jpg: 1234)</translation>
    </message>
    <message>
        <source>File name up to the first underscore (1234_red.jpg: 1234)</source>
        <translation>Nombre de archivo hasta el primer guion bajo (1234_red.jpg: 1234)</translation>
    </message>
    <message>
        <source>File name without the view at its end (1234_front_2.jpg: 1234)</source>
        <translation>Nombre de archivo sin la vista al final (1234_front_2.jpg: 1234)</translation>
    </message>
    <message>
        <source>File names below thumbnails</source>
        <translation>Nombres de archivo bajo las miniaturas</translation>
    </message>
    <message>
        <source>File names tell no product of two images. How they are read is chosen in the window: View.</source>
        <translation>Los nombres de archivo no indican ningún producto con dos imágenes. Cómo se leen se elige en la ventana: Ver.</translation>
    </message>
    <message>
        <source>File names tell no product of two images. How they are read: View, How products are told.</source>
        <translation>Los nombres de archivo no indican ningún producto con dos imágenes. Cómo se leen: Ver, Cómo se reconocen los productos.</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtro</translation>
    </message>
    <message>
        <source>Filter: a name, or color:red conf&lt;0.6</source>
        <translation>Filtro: un nombre o color:red conf&lt;0.6</translation>
    </message>
    <message>
        <source>Find &amp;similar</source>
        <translation>&amp;Buscar parecidas</translation>
    </message>
    <message>
        <source>Find co&amp;pies</source>
        <translation>Busca&amp;r copias</translation>
    </message>
    <message>
        <source>Find images like it</source>
        <translation>Buscar imágenes como esta</translation>
    </message>
    <message>
        <source>Find images like one</source>
        <translation>Buscar imágenes como una</translation>
    </message>
    <message>
        <source>Find images like the selected ones; or drop images here (Ctrl+L)</source>
        <translation>Buscar imágenes como las seleccionadas; o suelte imágenes aquí (Ctrl+L)</translation>
    </message>
    <message>
        <source>Find images like these files</source>
        <translation>Buscar imágenes como estos archivos</translation>
    </message>
    <message>
        <source>Find images like these {n:,}</source>
        <translation>Buscar imágenes como estas {n:,}</translation>
    </message>
    <message>
        <source>Find images like this one</source>
        <translation>Buscar imágenes como esta</translation>
    </message>
    <message>
        <source>Find images unlike it</source>
        <translation>Buscar imágenes distintas de esta</translation>
    </message>
    <message>
        <source>Find more</source>
        <translation>Buscar más</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>Buscar parecidas</translation>
    </message>
    <message>
        <source>Find the best reci&amp;pe…</source>
        <translation>&amp;Buscar la mejor receta…</translation>
    </message>
    <message>
        <source>Find the best recipe…</source>
        <translation>Buscar la mejor receta…</translation>
    </message>
    <message>
        <source>Finding neighbors</source>
        <translation>Buscando vecinos</translation>
    </message>
    <message>
        <source>Finding out what more exemplars bring…</source>
        <translation>Averiguando qué aportan más ejemplares…</translation>
    </message>
    <message>
        <source>Finding similar images</source>
        <translation>Buscando imágenes parecidas</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Encaje</translation>
    </message>
    <message>
        <source>Five folds: each label is hidden once and decided from others.
Exemplars only: the other labels are decided from them.</source>
        <translation>Cinco particiones: cada etiqueta se oculta una vez y se decide a partir de otras.
Solo ejemplares: las demás etiquetas se deciden a partir de ellos.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Carpeta</translation>
    </message>
    <message>
        <source>Folder (1234/front.jpg: 1234)</source>
        <translation>Carpeta (1234/front.jpg: 1234)</translation>
    </message>
    <message>
        <source>Folder for report.html, report.json and CSV tables</source>
        <translation>Carpeta para report.html, report.json y tablas CSV</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Carpetas</translation>
    </message>
    <message>
        <source>Folders of the catalog: a click shows one, images dropped on one are copied there</source>
        <translation>Carpetas del catálogo: un clic muestra una; las imágenes que se sueltan sobre una se copian en ella</translation>
    </message>
    <message>
        <source>For example --block 2.</source>
        <translation>Por ejemplo, --block 2.</translation>
    </message>
    <message>
        <source>For example Neckline</source>
        <translation>Por ejemplo, Escote</translation>
    </message>
    <message>
        <source>For example ^([0-9]+) takes the digits that a name begins with.</source>
        <translation>Por ejemplo, ^([0-9]+) toma las cifras con las que empieza un nombre.</translation>
    </message>
    <message>
        <source>For example {example}.</source>
        <translation>Por ejemplo, {example}.</translation>
    </message>
    <message>
        <source>For this order label images of two classes first.</source>
        <translation>Para este orden etiquete antes imágenes de dos clases.</translation>
    </message>
    <message>
        <source>For this order make a survey on the page Channels first.</source>
        <translation>Para este orden haga antes un sondeo en la página Canales.</translation>
    </message>
    <message>
        <source>Forget them and what was said of them. No file is deleted, and undo brings them back.</source>
        <translation>Olvidarlos junto con lo que se dijo de ellos. No se elimina ningún archivo, y deshacer los recupera.</translation>
    </message>
    <message>
        <source>Found by HDBSCAN; labels are not used</source>
        <translation>Hallados por HDBSCAN; no se usan las etiquetas</translation>
    </message>
    <message>
        <source>Found in</source>
        <translation>Buscar en</translation>
    </message>
    <message>
        <source>Free some space or put the catalog on another disk, then try again.</source>
        <translation>Liberar espacio o poner el catálogo en otro disco y volver a intentarlo.</translation>
    </message>
    <message>
        <source>Free some space, then try again; what was done is saved.</source>
        <translation>Liberar espacio e intentarlo de nuevo; lo hecho está guardado.</translation>
    </message>
    <message>
        <source>From its folder&apos;s name</source>
        <translation>Por el nombre de su carpeta</translation>
    </message>
    <message>
        <source>From the evaluation of {time}.</source>
        <translation>De la evaluación del {time}.</translation>
    </message>
    <message>
        <source>G, S</source>
        <translation>G, S</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>Galería</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>Gamma</translation>
    </message>
    <message>
        <source>Gaps between clusters</source>
        <translation>Dejar huecos</translation>
    </message>
    <message>
        <source>Garments.attrlens</source>
        <translation>Prendas.attrlens</translation>
    </message>
    <message>
        <source>Gaussian blur every fourth step</source>
        <translation>Desenfoque gaussiano cada cuatro pasos</translation>
    </message>
    <message>
        <source>Give 1 or more.</source>
        <translation>Indique 1 o más.</translation>
    </message>
    <message>
        <source>Give finer groups, or leave them out.</source>
        <translation>Indicar grupos más finos o prescindir de ellos.</translation>
    </message>
    <message>
        <source>Give left, top, right, bottom: 0.3,0.2,0.7,0.6</source>
        <translation>Indique izquierda, arriba, derecha, abajo: 0.3,0.2,0.7,0.6</translation>
    </message>
    <message>
        <source>Give the class the attribute&apos;s threshold again</source>
        <translation>Volver a dar a la clase el umbral del atributo</translation>
    </message>
    <message>
        <source>Give two classes three exemplars each, or search by another metric.</source>
        <translation>Dé tres ejemplares a dos clases, o busque con otra medida.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Gray</source>
        <translation>Gris</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Cuadrícula</translation>
    </message>
    <message>
        <source>Grid as PNG…</source>
        <translation>Cuadrícula como PNG…</translation>
    </message>
    <message>
        <source>Grid as SVG…</source>
        <translation>Cuadrícula como SVG…</translation>
    </message>
    <message>
        <source>Grid vie&amp;w</source>
        <translation>Cuadrícula (&amp;Q)</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Grupos</translation>
    </message>
    <message>
        <source>Groups from a file…</source>
        <translation>Grupos de un archivo…</translation>
    </message>
    <message>
        <source>Groups of images</source>
        <translation>Grupos de imágenes</translation>
    </message>
    <message>
        <source>Groups: a CSV file with the columns file and group</source>
        <translation>Grupos: un archivo CSV con las columnas file y group</translation>
    </message>
    <message>
        <source>HDBSCAN after UMAP to 10 dimensions, against the labels. Clusters: {counts}.</source>
        <translation>HDBSCAN tras UMAP a 10 dimensiones, frente a las etiquetas. Conglomerados: {counts}.</translation>
    </message>
    <message>
        <source>Hardly an image of this catalog seems to be of no class.</source>
        <translation>Casi todas las imágenes de este catálogo parecen ser de alguna clase.</translation>
    </message>
    <message>
        <source>Heading</source>
        <translation>Encabezado</translation>
    </message>
    <message>
        <source>Headings</source>
        <translation>Encabezados</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>Mapa de calor</translation>
    </message>
    <message>
        <source>Hide why</source>
        <translation>Ocultar por qué</translation>
    </message>
    <message>
        <source>High in every class, dashed: {channels}</source>
        <translation>Altos en todas las clases, en trazos: {channels}</translation>
    </message>
    <message>
        <source>Highest</source>
        <translation>Más altos</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historial</translation>
    </message>
    <message>
        <source>History of {name}</source>
        <translation>Historial de {name}</translation>
    </message>
    <message>
        <source>History…</source>
        <translation>Historial…</translation>
    </message>
    <message>
        <source>How close images may lie: 0 packs groups tightly</source>
        <translation>Cuán cerca pueden estar las imágenes: 0 junta mucho los grupos</translation>
    </message>
    <message>
        <source>How colored its Neuron Feature is</source>
        <translation>Cuánto color tiene su rasgo</translation>
    </message>
    <message>
        <source>How different images of a group may be</source>
        <translation>Cuánto pueden diferir las imágenes de un grupo</translation>
    </message>
    <message>
        <source>How different images of a group may be: to the left only copies</source>
        <translation>Cuánto pueden diferir las imágenes de un grupo: a la izquierda solo copias</translation>
    </message>
    <message>
        <source>How different they are: 1.0 is usual here</source>
        <translation>Cuán diferentes son: lo habitual aquí es 1,0</translation>
    </message>
    <message>
        <source>How far distances within a class and between classes overlap</source>
        <translation>Cuánto se solapan las distancias dentro de una clase y entre clases</translation>
    </message>
    <message>
        <source>How good is {name}?</source>
        <translation>¿Con qué acierto se clasifica {name}?</translation>
    </message>
    <message>
        <source>How images are compared</source>
        <translation>Cómo se comparan las imágenes</translation>
    </message>
    <message>
        <source>How many exemplars does it take?</source>
        <translation>¿Cuántos ejemplares hacen falta?</translation>
    </message>
    <message>
        <source>How many first</source>
        <translation>Cuántas primero</translation>
    </message>
    <message>
        <source>How many would be recognized, were they no exemplars</source>
        <translation>Cuántos se reconocerían si no fueran ejemplares</translation>
    </message>
    <message>
        <source>How much each of the two counts</source>
        <translation>Cuánto cuenta cada uno de los dos</translation>
    </message>
    <message>
        <source>How products are told</source>
        <translation>Cómo se identifican los productos</translation>
    </message>
    <message>
        <source>How the channels are shown</source>
        <translation>Cómo se muestran los canales</translation>
    </message>
    <message>
        <source>How this was measured</source>
        <translation>Cómo se midió</translation>
    </message>
    <message>
        <source>How well map and grid show what is alike</source>
        <translation>Cuán bien muestran el mapa y la cuadrícula lo que se parece</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>Tono</translation>
    </message>
    <message>
        <source>Hues right</source>
        <translation>Tonos acertados</translation>
    </message>
    <message>
        <source>Image {place} of {n}: the arrow keys choose one, Enter shows it</source>
        <translation>Imagen {place} de {n}: las flechas eligen una, Intro la muestra</translation>
    </message>
    <message>
        <source>ImageNet class</source>
        <translation>Clase de ImageNet</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Imágenes</translation>
    </message>
    <message>
        <source>Images found: {by}</source>
        <translation>Imágenes encontradas: {by}</translation>
    </message>
    <message>
        <source>Images like some, by color and by texture</source>
        <translation>Imágenes como otras, por color y por textura</translation>
    </message>
    <message>
        <source>Images of one product never stand on both sides. Copies of a file never do.</source>
        <translation>Las imágenes de un mismo producto nunca quedan en ambos lados. Las copias de un archivo tampoco.</translation>
    </message>
    <message>
        <source>Images of one product share its SKU: headings, and sku: in the filter.</source>
        <translation>Las imágenes de un producto comparten su SKU: en los encabezados y con sku: en el filtro.</translation>
    </message>
    <message>
        <source>Images that belong together</source>
        <translation>Imágenes que van juntas</translation>
    </message>
    <message>
        <source>Images that make a cluster; automatic is one in 50</source>
        <translation>Imágenes que forman un conglomerado; automático es una de cada 50</translation>
    </message>
    <message>
        <source>Importing: every image is described once.</source>
        <translation>Importación: cada imagen se describe una vez.</translation>
    </message>
    <message>
        <source>In no cluster</source>
        <translation>En ningún conglomerado</translation>
    </message>
    <message>
        <source>In the filter: what may come next; take it</source>
        <translation>En el filtro: qué puede seguir; aceptarlo</translation>
    </message>
    <message>
        <source>In the large view: move a zoomed photo</source>
        <translation>En la vista grande: mover una foto ampliada</translation>
    </message>
    <message>
        <source>In the large view: zoom in, out, every pixel</source>
        <translation>En la vista grande: acercar, alejar, tamaño real</translation>
    </message>
    <message>
        <source>Inferno</source>
        <translation>Inferno</translation>
    </message>
    <message>
        <source>Inspec&amp;tor</source>
        <translation>&amp;Inspector</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspector</translation>
    </message>
    <message>
        <source>Install AttrLens again.</source>
        <translation>Instalar AttrLens de nuevo.</translation>
    </message>
    <message>
        <source>Install the heic extra (pillow-heif) or convert it to JPEG.</source>
        <translation>Instalar el complemento heic (pillow-heif) o convertirla a JPEG.</translation>
    </message>
    <message>
        <source>Install the newer version to open it; nothing was changed.</source>
        <translation>Instalar la versión más nueva para abrirlo; no se cambió nada.</translation>
    </message>
    <message>
        <source>Is its confidence honest?</source>
        <translation>¿Es fiable su confianza?</translation>
    </message>
    <message>
        <source>Is the backbone of use?</source>
        <translation>¿Sirve la red base?</translation>
    </message>
    <message>
        <source>It answers to none of the images.</source>
        <translation>No responde a ninguna de las imágenes.</translation>
    </message>
    <message>
        <source>It can be: {values}.</source>
        <translation>Puede ser: {values}.</translation>
    </message>
    <message>
        <source>It has {blocks}.</source>
        <translation>Tiene {blocks}.</translation>
    </message>
    <message>
        <source>It has {n:,}, from 0 on.</source>
        <translation>Tiene {n:,}, desde el 0.</translation>
    </message>
    <message>
        <source>It has {names}.</source>
        <translation>Tiene {names}.</translation>
    </message>
    <message>
        <source>It is a partial file: choose the whole one, or a recipe with shallower layers.</source>
        <translation>Es un archivo parcial: elegir el completo o una receta con capas menos profundas.</translation>
    </message>
    <message>
        <source>It is a partial file: choose the whole one, or a shallower block.</source>
        <translation>Es un archivo parcial: elija el completo, o un bloque menos profundo.</translation>
    </message>
    <message>
        <source>It is a partial file: choose the whole one.</source>
        <translation>Es un archivo parcial: elegir el completo.</translation>
    </message>
    <message>
        <source>It is {name}: change the label</source>
        <translation>Es {name}: cambiar la etiqueta</translation>
    </message>
    <message>
        <source>It may have been moved, or its drive is not connected.</source>
        <translation>Puede haberse movido, o su unidad no está conectada.</translation>
    </message>
    <message>
        <source>It reads JPEG, PNG, WebP, AVIF, TIFF, BMP, GIF and, with the heic extra, HEIC.</source>
        <translation>Lee JPEG, PNG, WebP, AVIF, TIFF, BMP, GIF y, con el complemento heic, HEIC.</translation>
    </message>
    <message>
        <source>It was taken off the list. If its drive is away, connect it and open the catalog from there.</source>
        <translation>Se quitó de la lista. Si su unidad no está conectada, conectarla y abrir el catálogo desde allí.</translation>
    </message>
    <message>
        <source>Its Neuron Feature and its number</source>
        <translation>Su rasgo y su número</translation>
    </message>
    <message>
        <source>Its column file must hold their paths, or the ends of them: {example}.</source>
        <translation>Su columna file debe contener sus rutas o el final de ellas: {example}.</translation>
    </message>
    <message>
        <source>Its first line must name them.</source>
        <translation>Su primera línea debe nombrarlas.</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>Líneas JSON (*.jsonl)</translation>
    </message>
    <message>
        <source>Jan</source>
        <translation>ene</translation>
    </message>
    <message>
        <source>Jitter</source>
        <translation>Vaivén</translation>
    </message>
    <message>
        <source>Jul</source>
        <translation>jul</translation>
    </message>
    <message>
        <source>Jun</source>
        <translation>jun</translation>
    </message>
    <message>
        <source>Keep together</source>
        <translation>Mantener juntas</translation>
    </message>
    <message>
        <source>Keep {name}</source>
        <translation>Se queda {name}</translation>
    </message>
    <message>
        <source>Keep {what} together as products</source>
        <translation>Mantener juntas {what} como productos</translation>
    </message>
    <message>
        <source>Keras weights (*.h5 *.hdf5)</source>
        <translation>Pesos de Keras (*.h5 *.hdf5)</translation>
    </message>
    <message>
        <source>Kind of picture</source>
        <translation>Tipo de imagen</translation>
    </message>
    <message>
        <source>L&amp;ist with columns</source>
        <translation>&amp;Lista con columnas</translation>
    </message>
    <message>
        <source>La&amp;rger thumbnails</source>
        <translation>&amp;Agrandar miniaturas</translation>
    </message>
    <message>
        <source>Label garments by example</source>
        <translation>Etiquetar prendas con ejemplos</translation>
    </message>
    <message>
        <source>Label images that are no exemplars, or evaluate all labels in five folds.</source>
        <translation>Etiquetar imágenes que no sean ejemplares o evaluar todas las etiquetas en cinco particiones.</translation>
    </message>
    <message>
        <source>Label more images.</source>
        <translation>Etiquetar más imágenes.</translation>
    </message>
    <message>
        <source>Label selected images</source>
        <translation>Etiquetar imágenes seleccionadas</translation>
    </message>
    <message>
        <source>Label some images first</source>
        <translation>Primero hay que etiquetar algunas imágenes</translation>
    </message>
    <message>
        <source>Label some images of {name} first</source>
        <translation>Etiquete antes algunas imágenes de {name}</translation>
    </message>
    <message>
        <source>Label the selected images with that class, and go on</source>
        <translation>Etiquetar las imágenes seleccionadas con esa clase y continuar</translation>
    </message>
    <message>
        <source>Label {attribute}</source>
        <translation>Etiquetar {attribute}</translation>
    </message>
    <message>
        <source>Label {name}</source>
        <translation>Etiquetar como {name}</translation>
    </message>
    <message>
        <source>Label {what} {name}</source>
        <translation>Etiquetar {what} como {name}</translation>
    </message>
    <message>
        <source>Label → decision. Most confident first: these are often labels worth a second look.</source>
        <translation>Etiqueta → decisión. Primero las de mayor confianza: a menudo son etiquetas que conviene revisar.</translation>
    </message>
    <message>
        <source>Labeled</source>
        <translation>Etiquetadas</translation>
    </message>
    <message>
        <source>Labeled by you</source>
        <translation>Etiquetada a mano</translation>
    </message>
    <message>
        <source>Labeled first, then most pixels</source>
        <translation>Primero con etiqueta, luego más píxeles</translation>
    </message>
    <message>
        <source>Labeled so</source>
        <translation>Etiquetadas así</translation>
    </message>
    <message>
        <source>Labeling</source>
        <translation>Etiquetado</translation>
    </message>
    <message>
        <source>Labels and decisions</source>
        <translation>Etiquetas y decisiones</translation>
    </message>
    <message>
        <source>Labels and suggestions</source>
        <translation>Etiquetas y sugerencias</translation>
    </message>
    <message>
        <source>Labels and thumbnails stay. Moved files are found again when their folder is added.</source>
        <translation>Las etiquetas y las miniaturas se conservan. Los archivos movidos se vuelven a encontrar al añadir su carpeta.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Large view</source>
        <translation>Vista grande</translation>
    </message>
    <message>
        <source>Larger (+)</source>
        <translation>Ampliar (+)</translation>
    </message>
    <message>
        <source>Larger ones are refused: a broken or hostile file may claim any size.</source>
        <translation>Las mayores se rechazan: un archivo dañado o malicioso puede declarar cualquier tamaño.</translation>
    </message>
    <message>
        <source>Largest activation</source>
        <translation>Mayor activación</translation>
    </message>
    <message>
        <source>Largest file</source>
        <translation>Archivo más grande</translation>
    </message>
    <message>
        <source>Largest image read</source>
        <translation>Tamaño máximo de imagen</translation>
    </message>
    <message>
        <source>Layer: block 1 is shallow, 5 deep</source>
        <translation>Capa: el bloque 1 es superficial, el 5 profundo</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Capas</translation>
    </message>
    <message>
        <source>Learned from {n} exemplars a class, {share:.0%} of the others are recognized.</source>
        <translation>Con {n} ejemplares por clase se reconoce el {share:.0%} de los demás.</translation>
    </message>
    <message>
        <source>Learning curve</source>
        <translation>Curva de aprendizaje</translation>
    </message>
    <message>
        <source>Least confidence that is accepted</source>
        <translation>Confianza mínima que se acepta</translation>
    </message>
    <message>
        <source>Least sure</source>
        <translation>Menos seguras</translation>
    </message>
    <message>
        <source>Least sure first</source>
        <translation>Menos seguras primero</translation>
    </message>
    <message>
        <source>Leave and start AttrLens again for your own settings.</source>
        <translation>Salga y vuelva a iniciar AttrLens para recuperar sus ajustes.</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Excluir</translation>
    </message>
    <message>
        <source>Leave out images of the same product, as file names or you tell it</source>
        <translation>Omitir imágenes del mismo producto, según los nombres de archivo o usted</translation>
    </message>
    <message>
        <source>Leave out of e&amp;valuations</source>
        <translation>E&amp;xcluir de las evaluaciones</translation>
    </message>
    <message>
        <source>Leave paths and names in</source>
        <translation>Conservar rutas y nombres</translation>
    </message>
    <message>
        <source>Leave the choice out: AttrLens brings the weights of this network along.</source>
        <translation>No elija archivo: AttrLens trae los pesos de esta red.</translation>
    </message>
    <message>
        <source>Leave {what} out of evaluations</source>
        <translation>Excluir {what} de las evaluaciones</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Excluida</translation>
    </message>
    <message>
        <source>Left out of evaluations</source>
        <translation>Excluida de las evaluaciones</translation>
    </message>
    <message>
        <source>Left out, fewer than {count} labels: {names}.</source>
        <translation>Excluidas, con menos de {count} etiquetas: {names}.</translation>
    </message>
    <message>
        <source>Left out, too few images or groups: {classes}.</source>
        <translation>Excluidas por tener muy pocas imágenes o grupos: {classes}.</translation>
    </message>
    <message>
        <source>Left out, too few images or groups: {names}.</source>
        <translation>Excluidas por tener pocas imágenes o grupos: {names}.</translation>
    </message>
    <message>
        <source>Let the whole picture count</source>
        <translation>Que cuente la foto entera</translation>
    </message>
    <message>
        <source>Licenses</source>
        <translation>Licencias</translation>
    </message>
    <message>
        <source>Licenses…</source>
        <translation>Licencias…</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Light where the channel answers most in this picture</source>
        <translation>Claro donde el canal responde más en esta foto</translation>
    </message>
    <message>
        <source>Like</source>
        <translation>Como</translation>
    </message>
    <message>
        <source>Like color (shallow layers)</source>
        <translation>Como color (capas superficiales)</translation>
    </message>
    <message>
        <source>Like color, by ResNet50</source>
        <translation>Como color, con ResNet50</translation>
    </message>
    <message>
        <source>Like texture (deeper layers)</source>
        <translation>Como textura (capas más profundas)</translation>
    </message>
    <message>
        <source>Like texture, by ResNet50</source>
        <translation>Como textura, con ResNet50</translation>
    </message>
    <message>
        <source>Like {n:,} images, by {attribute}</source>
        <translation>Parecidas a {n:,} imágenes, por {attribute}</translation>
    </message>
    <message>
        <source>Like {name}</source>
        <translation>Como {name}</translation>
    </message>
    <message>
        <source>Like {name}, by {attribute}</source>
        <translation>Parecidas a {name}, por {attribute}</translation>
    </message>
    <message>
        <source>List of images</source>
        <translation>Lista de imágenes</translation>
    </message>
    <message>
        <source>List with columns (Ctrl+Shift+2)</source>
        <translation>Lista con columnas (Ctrl+Mayús+2)</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>Registros</translation>
    </message>
    <message>
        <source>Look &amp;inside the network</source>
        <translation>Mirar &amp;dentro de la red</translation>
    </message>
    <message>
        <source>Look beyond the filter</source>
        <translation>Buscar fuera del filtro</translation>
    </message>
    <message>
        <source>Look for chan&amp;ges</source>
        <translation>&amp;Buscar cambios</translation>
    </message>
    <message>
        <source>Look for changes here</source>
        <translation>Buscar cambios aquí</translation>
    </message>
    <message>
        <source>Look for images like it</source>
        <translation>Buscar imágenes como ella</translation>
    </message>
    <message>
        <source>Look for images like the selected ones too (Ctrl+M)</source>
        <translation>Buscar también imágenes como las seleccionadas (Ctrl+M)</translation>
    </message>
    <message>
        <source>Look for images unlike it</source>
        <translation>Buscar imágenes distintas de ella</translation>
    </message>
    <message>
        <source>Look for images unlike the selected ones (Ctrl+Shift+M)</source>
        <translation>Buscar imágenes distintas de las seleccionadas (Ctrl+Shift+M)</translation>
    </message>
    <message>
        <source>Look for nothing</source>
        <translation>No buscar nada</translation>
    </message>
    <message>
        <source>Looked at and not sure, nearly sure first</source>
        <translation>Examinadas y no seguras, las casi seguras primero</translation>
    </message>
    <message>
        <source>Looking at colors</source>
        <translation>Analizando colores</translation>
    </message>
    <message>
        <source>Looking at images</source>
        <translation>Mirando imágenes</translation>
    </message>
    <message>
        <source>Looking at pixels</source>
        <translation>Mirando los píxeles</translation>
    </message>
    <message>
        <source>Looking at {layer}…</source>
        <translation>Mirando {layer}…</translation>
    </message>
    <message>
        <source>Looking for changed files</source>
        <translation>Buscando archivos modificados</translation>
    </message>
    <message>
        <source>Looking for files</source>
        <translation>Buscando archivos</translation>
    </message>
    <message>
        <source>Looking for missing files</source>
        <translation>Buscando archivos que faltan</translation>
    </message>
    <message>
        <source>Looking for weights</source>
        <translation>Buscando pesos</translation>
    </message>
    <message>
        <source>Looking in {folder}</source>
        <translation>Buscando en {folder}</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>Buscando …</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>Apariencia</translation>
    </message>
    <message>
        <source>Lower half</source>
        <translation>Mitad de abajo</translation>
    </message>
    <message>
        <source>Make &amp;exemplars of their class</source>
        <translation>Convertir en &amp;ejemplares de su clase</translation>
    </message>
    <message>
        <source>Make a catalog of {what}</source>
        <translation>Crear un catálogo con {what}</translation>
    </message>
    <message>
        <source>Make a new {name} class of {what}</source>
        <translation>Crear una clase nueva de {name} con {what}</translation>
    </message>
    <message>
        <source>Make a survey</source>
        <translation>Hacer un sondeo</translation>
    </message>
    <message>
        <source>Make it smaller, or raise the limit (Edit, Settings; --max-megapixels).</source>
        <translation>Reducirla o aumentar el límite (Edición, Ajustes; --max-megapixels).</translation>
    </message>
    <message>
        <source>Make the classes for me</source>
        <translation>Crear las clases</translation>
    </message>
    <message>
        <source>Make the selected images exemplars of that class</source>
        <translation>Convertir las imágenes seleccionadas en ejemplares de esa clase</translation>
    </message>
    <message>
        <source>Make the suggestions of the images shown labels (Ctrl+Return; undo takes it back)</source>
        <translation>Convertir en etiquetas las sugerencias de las imágenes mostradas (Ctrl+Intro; deshacer lo revierte)</translation>
    </message>
    <message>
        <source>Map &amp;view</source>
        <translation>Mapa (&amp;J)</translation>
    </message>
    <message>
        <source>Mar</source>
        <translation>mar</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Máscara</translation>
    </message>
    <message>
        <source>May</source>
        <translation>may</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Media</translation>
    </message>
    <message>
        <source>Mean activation over the survey&apos;s images</source>
        <translation>Activación media en las imágenes del sondeo</translation>
    </message>
    <message>
        <source>Mean of what excites the channel most, weighted by how much</source>
        <translation>Media de lo que más excita el canal, ponderada por cuánto</translation>
    </message>
    <message>
        <source>Measures as a picture…</source>
        <translation>Medidas como imagen…</translation>
    </message>
    <message>
        <source>Menu key</source>
        <translation>Tecla Menú</translation>
    </message>
    <message>
        <source>Merge into</source>
        <translation>Fusionar en</translation>
    </message>
    <message>
        <source>Merge {old} into {new}</source>
        <translation>Fusionar {old} en {new}</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Mensaje</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Mensajes</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Método</translation>
    </message>
    <message>
        <source>Middle gray behind every photo, to judge colors by.</source>
        <translation>Gris medio detrás de cada foto, para juzgar los colores.</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Falta</translation>
    </message>
    <message>
        <source>Missing files</source>
        <translation>Archivos que faltan</translation>
    </message>
    <message>
        <source>Missing: a stored thumbnail is shown</source>
        <translation>Falta el archivo: se muestra una miniatura guardada</translation>
    </message>
    <message>
        <source>More like these</source>
        <translation>Más como estas</translation>
    </message>
    <message>
        <source>Most pixels</source>
        <translation>Más píxeles</translation>
    </message>
    <message>
        <source>Most similar first</source>
        <translation>Más parecidas primero</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Mover</translation>
    </message>
    <message>
        <source>Move to {name}</source>
        <translation>Mover a {name}</translation>
    </message>
    <message>
        <source>Move without selecting; select one more</source>
        <translation>Moverse sin seleccionar; seleccionar una más</translation>
    </message>
    <message>
        <source>Move; with Shift extend the selection</source>
        <translation>Moverse; con Mayús, ampliar la selección</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Name a channel and press Draw: the picture it answers to most builds up here.</source>
        <translation>Nombre un canal y pulse Dibujar: aquí va surgiendo la imagen a la que más responde.</translation>
    </message>
    <message>
        <source>Name channels of {layer}: numbers from 0 to {last}.</source>
        <translation>Nombre canales de {layer}: números de 0 a {last}.</translation>
    </message>
    <message>
        <source>Name of the filter {query}</source>
        <translation>Nombre del filtro {query}</translation>
    </message>
    <message>
        <source>Name the file: in the settings of the window, --weights {backbone}=FILE on the command line.</source>
        <translation>Indicar el archivo: en los ajustes de la ventana, o --weights {backbone}=FILE en la línea de comandos.</translation>
    </message>
    <message>
        <source>Nearest class mean</source>
        <translation>Media de clase más cercana</translation>
    </message>
    <message>
        <source>Nearest exemplar, {metric}</source>
        <translation>Ejemplar más cercano, distancia {metric}</translation>
    </message>
    <message>
        <source>Nearest exemplars</source>
        <translation>Ejemplares más cercanos</translation>
    </message>
    <message>
        <source>Nearest exemplars, and the channels that decided (W)</source>
        <translation>Ejemplares más cercanos y los canales que decidieron (W)</translation>
    </message>
    <message>
        <source>Nearest mean</source>
        <translation>Media más cercana</translation>
    </message>
    <message>
        <source>Nearest mean by block</source>
        <translation>Media más cercana por bloque</translation>
    </message>
    <message>
        <source>Nearest mean, {metric}</source>
        <translation>Media más cercana, distancia {metric}</translation>
    </message>
    <message>
        <source>Nearest neighbor after UMAP</source>
        <translation>Vecino más cercano tras UMAP</translation>
    </message>
    <message>
        <source>Nearest neighbor after UMAP of block {block}, by dimensions: {values}</source>
        <translation>Vecino más cercano tras UMAP del bloque {block}, por dimensiones: {values}</translation>
    </message>
    <message>
        <source>Nearest neighbor after UMAP, block {name}</source>
        <translation>Vecino más cercano tras UMAP, bloque {name}</translation>
    </message>
    <message>
        <source>Nearest neighbor in {n} dimensions</source>
        <translation>Vecino más cercano en {n} dimensiones</translation>
    </message>
    <message>
        <source>Nearest neighbors</source>
        <translation>Vecinos más cercanos</translation>
    </message>
    <message>
        <source>Nearest neighbors by block</source>
        <translation>Vecinos más cercanos por bloque</translation>
    </message>
    <message>
        <source>Nearest the threshold first</source>
        <translation>Las más cercanas al umbral primero</translation>
    </message>
    <message>
        <source>Neighbors   (up: right, %)</source>
        <translation>Vecinos   (vertical: acertadas, %)</translation>
    </message>
    <message>
        <source>Neither learn from it nor score it in evaluations; label and exemplars stay</source>
        <translation>Ni aprender de ella ni puntuarla en las evaluaciones; la etiqueta y los ejemplares se conservan</translation>
    </message>
    <message>
        <source>Networ&amp;k</source>
        <translation>Red (&amp;K)</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Red</translation>
    </message>
    <message>
        <source>Neural networks</source>
        <translation>Redes neuronales</translation>
    </message>
    <message>
        <source>Neuron Feature</source>
        <translation>Rasgo de la neurona</translation>
    </message>
    <message>
        <source>New &amp;attribute…</source>
        <translation>Nuevo &amp;atributo…</translation>
    </message>
    <message>
        <source>New &amp;class</source>
        <translation>Nueva &amp;clase</translation>
    </message>
    <message>
        <source>New attribute</source>
        <translation>Nuevo atributo</translation>
    </message>
    <message>
        <source>New attribute (Ctrl+Shift+A)</source>
        <translation>Nuevo atributo (Ctrl+Mayús+A)</translation>
    </message>
    <message>
        <source>New attribute {name}</source>
        <translation>Nuevo atributo {name}</translation>
    </message>
    <message>
        <source>New catalog</source>
        <translation>Nuevo catálogo</translation>
    </message>
    <message>
        <source>New class</source>
        <translation>Nueva clase</translation>
    </message>
    <message>
        <source>New class &amp;of selected images</source>
        <translation>Nueva clase con las imágenes &amp;seleccionadas</translation>
    </message>
    <message>
        <source>New class {name}</source>
        <translation>Nueva clase {name}</translation>
    </message>
    <message>
        <source>New class {number}</source>
        <translation>Nueva clase {number}</translation>
    </message>
    <message>
        <source>New, changed and moved files in them are then noticed, and new ones added.</source>
        <translation>Así se notan los archivos nuevos, cambiados y movidos, y los nuevos se añaden.</translation>
    </message>
    <message>
        <source>New, changed, moved and deleted files are noticed while the catalog is open.</source>
        <translation>Los archivos nuevos, modificados, movidos y eliminados se detectan mientras el catálogo está abierto.</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Recientes primero</translation>
    </message>
    <message>
        <source>Next {share:.0%}</source>
        <translation>El {share:.0%} siguiente</translation>
    </message>
    <message>
        <source>No</source>
        <translation>No</translation>
    </message>
    <message>
        <source>No class has an exemplar yet</source>
        <translation>Aún no hay ejemplares en ninguna clase</translation>
    </message>
    <message>
        <source>No class has an exemplar.</source>
        <translation>Ninguna clase tiene ejemplares.</translation>
    </message>
    <message>
        <source>No class of ImageNet has “{text}” in its name.</source>
        <translation>Ninguna clase de ImageNet lleva «{text}» en su nombre.</translation>
    </message>
    <message>
        <source>No class of ImageNet is called {name}.</source>
        <translation>Ninguna clase de ImageNet se llama {name}.</translation>
    </message>
    <message>
        <source>No class of the catalog is called {name}.</source>
        <translation>Ninguna clase del catálogo se llama {name}.</translation>
    </message>
    <message>
        <source>No exemplar was added: it is one already, or unknown</source>
        <translation>No se añadió ningún ejemplar: ya lo eran o son desconocidas</translation>
    </message>
    <message>
        <source>No exemplars yet</source>
        <translation>Aún no hay ejemplares</translation>
    </message>
    <message>
        <source>No file changed</source>
        <translation>Ningún archivo cambió</translation>
    </message>
    <message>
        <source>No filter is saved yet</source>
        <translation>Aún no hay filtros guardados</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Sin grupos</translation>
    </message>
    <message>
        <source>No image fits the filter</source>
        <translation>Ninguna imagen coincide con el filtro</translation>
    </message>
    <message>
        <source>No image that is scored is of a class that is learned.</source>
        <translation>Ninguna imagen evaluada es de una clase aprendida.</translation>
    </message>
    <message>
        <source>No images were found there.</source>
        <translation>No se encontraron imágenes allí.</translation>
    </message>
    <message>
        <source>No images yet.</source>
        <translation>Aún no hay imágenes.</translation>
    </message>
    <message>
        <source>No label any more</source>
        <translation>Ya sin etiqueta</translation>
    </message>
    <message>
        <source>No label is doubted</source>
        <translation>No hay etiquetas dudosas</translation>
    </message>
    <message>
        <source>No longer an &amp;exemplar</source>
        <translation>Quitar de los &amp;ejemplares</translation>
    </message>
    <message>
        <source>No longer sort by likeness</source>
        <translation>Dejar de ordenar por parecido</translation>
    </message>
    <message>
        <source>No other catalog was open yet</source>
        <translation>Aún no se ha abierto ningún otro catálogo</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>Sin foto</translation>
    </message>
    <message>
        <source>No problem files</source>
        <translation>Sin archivos con problemas</translation>
    </message>
    <message>
        <source>No program opens {name}.</source>
        <translation>Ningún programa abre {name}.</translation>
    </message>
    <message>
        <source>No program shows folders here.</source>
        <translation>Ningún programa muestra carpetas aquí.</translation>
    </message>
    <message>
        <source>No recipe can be made with the weights on this computer.</source>
        <translation>No se puede hacer ninguna receta con los pesos de este equipo.</translation>
    </message>
    <message>
        <source>No suggestion is waiting</source>
        <translation>No hay sugerencias pendientes</translation>
    </message>
    <message>
        <source>No survey of {layer} yet</source>
        <translation>Aún no hay sondeo de {layer}</translation>
    </message>
    <message>
        <source>None chosen</source>
        <translation>Ninguno elegido</translation>
    </message>
    <message>
        <source>None of the exemplars is described yet</source>
        <translation>Aún no se ha descrito ninguno de los ejemplares</translation>
    </message>
    <message>
        <source>None of the images could be read.</source>
        <translation>No se pudo leer ninguna de las imágenes.</translation>
    </message>
    <message>
        <source>None of the images is in the groups file.</source>
        <translation>Ninguna de las imágenes está en el archivo de grupos.</translation>
    </message>
    <message>
        <source>None of these is left</source>
        <translation>No queda ninguna de estas</translation>
    </message>
    <message>
        <source>Not classified</source>
        <translation>Sin clasificar</translation>
    </message>
    <message>
        <source>Not compared yet</source>
        <translation>Aún sin comparar</translation>
    </message>
    <message>
        <source>Not enough memory to decode {name}.</source>
        <translation>No hay memoria suficiente para decodificar {name}.</translation>
    </message>
    <message>
        <source>Not labeled</source>
        <translation>Sin etiquetar</translation>
    </message>
    <message>
        <source>Not sure: {name} {share:.0%}, below {limit:.0%}</source>
        <translation>No segura: {name} {share:.0%}, por debajo del {limit:.0%}</translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation>Aún no ha ocurrido nada.</translation>
    </message>
    <message>
        <source>Nothing in this class yet</source>
        <translation>Aún no hay nada en esta clase</translation>
    </message>
    <message>
        <source>Nothing is unknown</source>
        <translation>No hay desconocidas</translation>
    </message>
    <message>
        <source>Nothing leaves this computer.</source>
        <translation>Nada sale de este equipo.</translation>
    </message>
    <message>
        <source>Nothing to compare by</source>
        <translation>Nada con que comparar</translation>
    </message>
    <message>
        <source>Nothing to look for yet</source>
        <translation>Nada que buscar todavía</translation>
    </message>
    <message>
        <source>Nothing to mend</source>
        <translation>Nada que corregir</translation>
    </message>
    <message>
        <source>Nothing to show</source>
        <translation>Nada que mostrar</translation>
    </message>
    <message>
        <source>Nothing was accepted: it is labeled already, or unknown</source>
        <translation>No se aceptó ninguna: ya tienen etiqueta o son desconocidas</translation>
    </message>
    <message>
        <source>Nothing was said yet.</source>
        <translation>Aún no hay mensajes.</translation>
    </message>
    <message>
        <source>Nothing: every image got its label.</source>
        <translation>Nada: todas las imágenes recibieron su etiqueta.</translation>
    </message>
    <message>
        <source>Nov</source>
        <translation>nov</translation>
    </message>
    <message>
        <source>Now labeled {name}</source>
        <translation>Etiquetada ahora como {name}</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Números</translation>
    </message>
    <message>
        <source>Numbers can: conf, width, height, size and date.</source>
        <translation>Los números sí: conf, width, height, size y date.</translation>
    </message>
    <message>
        <source>Oct</source>
        <translation>oct</translation>
    </message>
    <message>
        <source>Odd</source>
        <translation>Raros</translation>
    </message>
    <message>
        <source>Of F1, since the run it is compared with; percentage points</source>
        <translation>De F1, respecto a la evaluación con la que se compara; puntos porcentuales</translation>
    </message>
    <message>
        <source>Of class</source>
        <translation>De clase</translation>
    </message>
    <message>
        <source>Of what is decided so, how much is</source>
        <translation>De lo que se decide así, cuánto lo es</translation>
    </message>
    <message>
        <source>Of what is so, how much is found</source>
        <translation>De lo que es así, cuánto se encuentra</translation>
    </message>
    <message>
        <source>On the dashed line, 80 % sure means right in 8 of 10. Larger dots hold more images.</source>
        <translation>En la línea discontinua, una confianza del 80 % significa acertar 8 de cada 10. Los puntos mayores contienen más imágenes.</translation>
    </message>
    <message>
        <source>On the line it is; larger dots are more images.</source>
        <translation>Sobre la línea lo es; los puntos más grandes son más imágenes.</translation>
    </message>
    <message>
        <source>One number draws that channel; several draw the mean of them.</source>
        <translation>Un número dibuja ese canal; varios, la media de ellos.</translation>
    </message>
    <message>
        <source>One of its exemplars</source>
        <translation>Uno de sus ejemplares</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Opacidad</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>Abrir &amp;recientes</translation>
    </message>
    <message>
        <source>Open a catalog</source>
        <translation>Abrir un catálogo</translation>
    </message>
    <message>
        <source>Open a folder of photos</source>
        <translation>Abrir una carpeta de fotos</translation>
    </message>
    <message>
        <source>Open catalog (a folder that ends in .attrlens)</source>
        <translation>Abrir catálogo (una carpeta que termina en .attrlens)</translation>
    </message>
    <message>
        <source>Open it in AttrLens once, to bring it up to date.</source>
        <translation>Abrirlo una vez en AttrLens para actualizarlo.</translation>
    </message>
    <message>
        <source>Open it in an image editor and save it again.</source>
        <translation>Abrirla en un editor de imágenes y guardarla de nuevo.</translation>
    </message>
    <message>
        <source>Open it in any browser.</source>
        <translation>Se puede abrir en cualquier navegador.</translation>
    </message>
    <message>
        <source>Open the last catalog at the start</source>
        <translation>Abrir el último catálogo al iniciar</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>Abriendo {name}</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Opciones</translation>
    </message>
    <message>
        <source>Or take ready ones, then drop the folder {path} on the window.</source>
        <translation>O usar clases ya hechas y después soltar la carpeta {path} en la ventana.</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Orden</translation>
    </message>
    <message>
        <source>Order of the channels</source>
        <translation>Orden de los canales</translation>
    </message>
    <message>
        <source>Other products only</source>
        <translation>Solo otros productos</translation>
    </message>
    <message>
        <source>Overlap</source>
        <translation>Solapamiento</translation>
    </message>
    <message>
        <source>Pair distances</source>
        <translation>Distancias entre pares</translation>
    </message>
    <message>
        <source>Pair distances by block</source>
        <translation>Distancias entre pares por bloque</translation>
    </message>
    <message>
        <source>Parts are {names}.</source>
        <translation>Las partes son {names}.</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>Patrón</translation>
    </message>
    <message>
        <source>Patterns</source>
        <translation>Patrones</translation>
    </message>
    <message>
        <source>Patterns right</source>
        <translation>Patrones acertados</translation>
    </message>
    <message>
        <source>Peak</source>
        <translation>Máximo</translation>
    </message>
    <message>
        <source>Photo {name}</source>
        <translation>Foto {name}</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Photos on 18 % gra&amp;y</source>
        <translation>Fotos so&amp;bre gris del 18 %</translation>
    </message>
    <message>
        <source>Photos on 18 % gray</source>
        <translation>Fotos sobre gris del 18 %</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Píxeles</translation>
    </message>
    <message>
        <source>Pixels it is moved by before each step</source>
        <translation>Píxeles que se desplaza antes de cada paso</translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation>Agregación</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Precisión</translation>
    </message>
    <message>
        <source>Precision at k</source>
        <translation>Precisión en k</translation>
    </message>
    <message>
        <source>Precision: of what is decided so, how much is. Recall: of what is so, how much is found. Click a class to see what went wrong in it.</source>
        <translation>Precisión: de lo que se decide así, cuánto lo es. Exhaustividad: de lo que es así, cuánto se encuentra. Un clic en una clase muestra qué salió mal en ella.</translation>
    </message>
    <message>
        <source>Preparing charts</source>
        <translation>Preparando gráficos</translation>
    </message>
    <message>
        <source>Preparing maps, once on this computer</source>
        <translation>Preparando los mapas, una sola vez en este equipo</translation>
    </message>
    <message>
        <source>Preparing the chart…</source>
        <translation>Preparando el gráfico…</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problema</translation>
    </message>
    <message>
        <source>Problem files</source>
        <translation>Archivos con problemas</translation>
    </message>
    <message>
        <source>Problem files tells why.</source>
        <translation>La pestaña de archivos con problemas dice por qué.</translation>
    </message>
    <message>
        <source>Products with one image</source>
        <translation>Productos con una sola imagen</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progreso</translation>
    </message>
    <message>
        <source>Put a word with a colon in quotes to look for it in file names.</source>
        <translation>Poner entre comillas una palabra con dos puntos para buscarla en los nombres de archivo.</translation>
    </message>
    <message>
        <source>Read unreadable files again: the selected ones, or all</source>
        <translation>Volver a leer los archivos ilegibles: los seleccionados o todos</translation>
    </message>
    <message>
        <source>Reading a survey</source>
        <translation>Leyendo un sondeo</translation>
    </message>
    <message>
        <source>Reading an evaluation</source>
        <translation>Leyendo una evaluación</translation>
    </message>
    <message>
        <source>Reading evaluations</source>
        <translation>Leyendo evaluaciones</translation>
    </message>
    <message>
        <source>Reading the classes</source>
        <translation>Leyendo las clases</translation>
    </message>
    <message>
        <source>Reading the last evaluation…</source>
        <translation>Leyendo la última evaluación…</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>Exhaustividad</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Recientes</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Receta</translation>
    </message>
    <message>
        <source>Recipe and method of {name}</source>
        <translation>Receta y método de {name}</translation>
    </message>
    <message>
        <source>Recognize {what} in another place</source>
        <translation>Reconocer {what} en otro lugar</translation>
    </message>
    <message>
        <source>Recognized</source>
        <translation>Reconocidos</translation>
    </message>
    <message>
        <source>Recolor {name}</source>
        <translation>Cambiar el color de {name}</translation>
    </message>
    <message>
        <source>Red speaks for the class, blue for its rival; both are clear where nothing speaks.</source>
        <translation>El rojo habla a favor de la clase, el azul de su rival; donde nada habla no hay color.</translation>
    </message>
    <message>
        <source>Relink {what}</source>
        <translation>Volver a enlazar {what}</translation>
    </message>
    <message>
        <source>Remove from the catalog</source>
        <translation>Quitar del catálogo</translation>
    </message>
    <message>
        <source>Remove its image from the catalog</source>
        <translation>Quitar su imagen del catálogo</translation>
    </message>
    <message>
        <source>Remove its {n:,} images from the catalog</source>
        <translation>Quitar sus {n:,} imágenes del catálogo</translation>
    </message>
    <message>
        <source>Remove {n:,}</source>
        <translation>Quitar {n:,}</translation>
    </message>
    <message>
        <source>Remove {n:,} exemplar</source>
        <translation>Quitar {n:,} ejemplar</translation>
    </message>
    <message>
        <source>Remove {n:,} exemplars</source>
        <translation>Quitar {n:,} ejemplares</translation>
    </message>
    <message>
        <source>Remove {n:,} other</source>
        <translation>Quitar {n:,} más</translation>
    </message>
    <message>
        <source>Remove {n:,} others</source>
        <translation>Quitar las otras {n:,}</translation>
    </message>
    <message>
        <source>Remove {what}</source>
        <translation>Quitar {what}</translation>
    </message>
    <message>
        <source>Remove {what} from the catalog</source>
        <translation>Quitar {what} del catálogo</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renombrar</translation>
    </message>
    <message>
        <source>Rename the file.</source>
        <translation>Renombrar el archivo.</translation>
    </message>
    <message>
        <source>Rename {old} to {new}</source>
        <translation>Renombrar {old} como {new}</translation>
    </message>
    <message>
        <source>ResNet50 weights</source>
        <translation>Pesos de ResNet50</translation>
    </message>
    <message>
        <source>Restore it from a backup.</source>
        <translation>Restaurarlo desde una copia de seguridad.</translation>
    </message>
    <message>
        <source>Results are the same, only slower.</source>
        <translation>Los resultados son los mismos, solo que más lentos.</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Acertadas</translation>
    </message>
    <message>
        <source>Right now, wrong before</source>
        <translation>Ahora acertadas, antes equivocadas</translation>
    </message>
    <message>
        <source>Row: the label. Column: the decision. Click a cell to see its images.</source>
        <translation>Fila: la etiqueta. Columna: la decisión. Un clic en una celda muestra sus imágenes.</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regla</translation>
    </message>
    <message>
        <source>Run attrlens classify first.</source>
        <translation>Ejecute antes attrlens classify.</translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation>&amp;Ajustes…</translation>
    </message>
    <message>
        <source>S&amp;maller thumbnails</source>
        <translation>&amp;Reducir miniaturas</translation>
    </message>
    <message>
        <source>SKU</source>
        <translation>SKU</translation>
    </message>
    <message>
        <source>Safe mode: the settings are as delivered, nothing is opened or watched by itself.</source>
        <translation>Modo seguro: los ajustes son los de fábrica y no se abre ni se vigila nada por sí solo.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Save atlas…</source>
        <translation>Guardar el atlas…</translation>
    </message>
    <message>
        <source>Save the atlas</source>
        <translation>Guardar el atlas</translation>
    </message>
    <message>
        <source>Save the filter {name}</source>
        <translation>Guardar el filtro {name}</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>Guardar la imagen</translation>
    </message>
    <message>
        <source>Save this filter</source>
        <translation>Guardar este filtro</translation>
    </message>
    <message>
        <source>Save this filter…</source>
        <translation>Guardar este filtro…</translation>
    </message>
    <message>
        <source>Saved filters</source>
        <translation>Filtros guardados</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Guardar…</translation>
    </message>
    <message>
        <source>Say which block or layer.</source>
        <translation>Diga qué bloque o capa.</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Escala</translation>
    </message>
    <message>
        <source>Search 1,000 classes</source>
        <translation>Buscar entre 1000 clases</translation>
    </message>
    <message>
        <source>Seconds: {seconds}. {system}, Python {python}.</source>
        <translation>Segundos: {seconds}. {system}, Python {python}.</translation>
    </message>
    <message>
        <source>See the log for details.</source>
        <translation>Los detalles están en el registro.</translation>
    </message>
    <message>
        <source>See why, and what can be done (F7)</source>
        <translation>Ver por qué y qué se puede hacer (F7)</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>Seleccionar &amp;todo</translation>
    </message>
    <message>
        <source>Select &amp;none</source>
        <translation>&amp;No seleccionar nada</translation>
    </message>
    <message>
        <source>Select an image to see what is known about it.</source>
        <translation>Seleccionar una imagen para ver qué se sabe de ella.</translation>
    </message>
    <message>
        <source>Select images in the gallery</source>
        <translation>Seleccione imágenes en la galería</translation>
    </message>
    <message>
        <source>Sep</source>
        <translation>sep</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>Shallow to deep</source>
        <translation>De superficial a profundo</translation>
    </message>
    <message>
        <source>Share in a cluster</source>
        <translation>Proporción en un conglomerado</translation>
    </message>
    <message>
        <source>Share of hues told right</source>
        <translation>Parte de los tonos acertados</translation>
    </message>
    <message>
        <source>Share of its variance that is between classes</source>
        <translation>Parte de su varianza que hay entre clases</translation>
    </message>
    <message>
        <source>Share of patterns told right</source>
        <translation>Parte de los patrones acertados</translation>
    </message>
    <message>
        <source>Share of the first k results that are of the query&apos;s class; the query&apos;s own group is left out.</source>
        <translation>Proporción de los primeros k resultados que son de la clase de la consulta; el grupo de la propia consulta se excluye.</translation>
    </message>
    <message>
        <source>Share of the pixels that are gray in a step</source>
        <translation>Parte de los píxeles que son grises en un paso</translation>
    </message>
    <message>
        <source>Share of the ten most similar that are of the same class</source>
        <translation>Proporción de las diez más parecidas que son de la misma clase</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Mayús</translation>
    </message>
    <message>
        <source>Shift+arrows</source>
        <translation>Mayús+flechas</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Atajos</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Mostrar todo</translation>
    </message>
    <message>
        <source>Show all i&amp;mages</source>
        <translation>&amp;Mostrar todas las imágenes</translation>
    </message>
    <message>
        <source>Show all images</source>
        <translation>Mostrar todas las imágenes</translation>
    </message>
    <message>
        <source>Show all {n:,} in the gallery</source>
        <translation>Mostrar las {n:,} en la galería</translation>
    </message>
    <message>
        <source>Show in &amp;folder</source>
        <translation>&amp;Mostrar en la carpeta</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Mostrar en la carpeta</translation>
    </message>
    <message>
        <source>Show in gallery</source>
        <translation>Mostrar en la galería</translation>
    </message>
    <message>
        <source>Show in the file manager</source>
        <translation>Mostrar en el administrador de archivos</translation>
    </message>
    <message>
        <source>Show it in the gallery</source>
        <translation>Mostrar en la galería</translation>
    </message>
    <message>
        <source>Show over the photos</source>
        <translation>Mostrar sobre las fotos</translation>
    </message>
    <message>
        <source>Show patterns to the network</source>
        <translation>Mostrar patrones a la red</translation>
    </message>
    <message>
        <source>Show the &amp;log file</source>
        <translation>Mostrar el archivo de &amp;registro</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>Mostrar la carpeta</translation>
    </message>
    <message>
        <source>Show the folder where they are now…</source>
        <translation>Indicar la carpeta donde están ahora…</translation>
    </message>
    <message>
        <source>Show the folder: {name}</source>
        <translation>Mostrar la carpeta: {name}</translation>
    </message>
    <message>
        <source>Show the same picture as another</source>
        <translation>Muestran la misma foto que otro</translation>
    </message>
    <message>
        <source>Show where &amp;missing files are…</source>
        <translation>Localizar archivos que &amp;faltan…</translation>
    </message>
    <message>
        <source>Show where it is now, or connect its drive.</source>
        <translation>Indicar dónde está ahora o conectar su unidad.</translation>
    </message>
    <message>
        <source>Show where they are…</source>
        <translation>Localizar…</translation>
    </message>
    <message>
        <source>Showing images to the network</source>
        <translation>Mostrando imágenes a la red</translation>
    </message>
    <message>
        <source>Showing patterns to the network</source>
        <translation>Mostrando patrones a la red</translation>
    </message>
    <message>
        <source>Showing patterns to {layer}</source>
        <translation>Mostrando patrones a {layer}</translation>
    </message>
    <message>
        <source>Showing patterns to {layer}…</source>
        <translation>Mostrando patrones a {layer}…</translation>
    </message>
    <message>
        <source>Similar images: precision at k</source>
        <translation>Imágenes parecidas: precisión en k</translation>
    </message>
    <message>
        <source>Smaller (-)</source>
        <translation>Reducir (-)</translation>
    </message>
    <message>
        <source>Something is missing here.</source>
        <translation>Falta algo aquí.</translation>
    </message>
    <message>
        <source>Something went wrong ({kind}: {reason}).</source>
        <translation>Se produjo un error ({kind}: {reason}).</translation>
    </message>
    <message>
        <source>Sorting names</source>
        <translation>Ordenando nombres</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Espacio</translation>
    </message>
    <message>
        <source>Spoke for {name}: {part:.0%} of all that spoke for either</source>
        <translation>A favor de {name}: {part:.0%} de lo que apoya a una u otra</translation>
    </message>
    <message>
        <source>Starting UMAP (its first use takes half a minute)</source>
        <translation>Iniciando UMAP (el primer uso tarda medio minuto)</translation>
    </message>
    <message>
        <source>Starting the neural network</source>
        <translation>Iniciando la red neuronal</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Pasos</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Parar</translation>
    </message>
    <message>
        <source>Suggested</source>
        <translation>Sugeridas</translation>
    </message>
    <message>
        <source>Suggested, {confidence} confident</source>
        <translation>Sugerida, confianza {confidence}</translation>
    </message>
    <message>
        <source>Suggestion: {name}, {confidence}</source>
        <translation>Sugerencia: {name}, {confidence}</translation>
    </message>
    <message>
        <source>Suggestions accepted</source>
        <translation>Sugerencias aceptadas</translation>
    </message>
    <message>
        <source>Surest first</source>
        <translation>Más seguras primero</translation>
    </message>
    <message>
        <source>Surest first: these are often labels worth a second look.</source>
        <translation>Las más seguras primero: a menudo son etiquetas que merecen una segunda mirada.</translation>
    </message>
    <message>
        <source>Survey again</source>
        <translation>Repetir el sondeo</translation>
    </message>
    <message>
        <source>Survey of {layer}</source>
        <translation>Sondeo de {layer}</translation>
    </message>
    <message>
        <source>Swatch of {name}</source>
        <translation>Muestra de color de {name}</translation>
    </message>
    <message>
        <source>Swatches</source>
        <translation>Muestras</translation>
    </message>
    <message>
        <source>Synthetic images drawn by AttrLens: no photographs.</source>
        <translation>Imágenes sintéticas dibujadas por AttrLens: no son fotografías.</translation>
    </message>
    <message>
        <source>T&amp;humbnails</source>
        <translation>&amp;Miniaturas</translation>
    </message>
    <message>
        <source>Ta&amp;ke back into evaluations</source>
        <translation>Volver a &amp;incluir en las evaluaciones</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabla</translation>
    </message>
    <message>
        <source>Take the selected images out of their class</source>
        <translation>Sacar de su clase las imágenes seleccionadas</translation>
    </message>
    <message>
        <source>Take {n:,} images of {groups:,} groups out of the catalog?</source>
        <translation>¿Sacar del catálogo {n:,} imágenes de {groups:,} grupos?</translation>
    </message>
    <message>
        <source>Take {what} back into evaluations</source>
        <translation>Volver a incluir {what} en las evaluaciones</translation>
    </message>
    <message>
        <source>Take {what} out of {name}</source>
        <translation>Sacar {what} de {name}</translation>
    </message>
    <message>
        <source>Taken for another class, or far from every class</source>
        <translation>Confundidos con otra clase o lejos de todas las clases</translation>
    </message>
    <message>
        <source>Tell it from all others best</source>
        <translation>Mejor la distinguen de las demás</translation>
    </message>
    <message>
        <source>Tells apart</source>
        <translation>Distingue</translation>
    </message>
    <message>
        <source>Tells colors</source>
        <translation>Distingue colores</translation>
    </message>
    <message>
        <source>Tells patterns</source>
        <translation>Distingue patrones</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Tamaño del texto</translation>
    </message>
    <message>
        <source>Texture</source>
        <translation>Textura</translation>
    </message>
    <message>
        <source>That evaluation is not kept any more.</source>
        <translation>Esa evaluación ya no se conserva.</translation>
    </message>
    <message>
        <source>The GPU could not be used, so the CPU is. {reason}</source>
        <translation>No se pudo usar la GPU; se usa la CPU. {reason}</translation>
    </message>
    <message>
        <source>The band: least and most of five draws.</source>
        <translation>La banda: mínimo y máximo de cinco tomas al azar.</translation>
    </message>
    <message>
        <source>The bar below says how far it is.</source>
        <translation>La barra de abajo dice por dónde va.</translation>
    </message>
    <message>
        <source>The bar below says how far it is. You can go on working.</source>
        <translation>La barra de abajo indica el avance. Se puede seguir trabajando.</translation>
    </message>
    <message>
        <source>The bundled weights {path} are missing or damaged.</source>
        <translation>Los pesos incluidos {path} faltan o están dañados.</translation>
    </message>
    <message>
        <source>The catalog was described with another weights file of {backbone} than the one found here.</source>
        <translation>El catálogo se describió con otro archivo de pesos de {backbone}, distinto del que hay aquí.</translation>
    </message>
    <message>
        <source>The catalog {name} is of an older format.</source>
        <translation>El catálogo {name} tiene un formato anterior.</translation>
    </message>
    <message>
        <source>The catalog {name} is open in another AttrLens (process {owner}).</source>
        <translation>El catálogo {name} está abierto en otra instancia de AttrLens (proceso {owner}).</translation>
    </message>
    <message>
        <source>The catalog {name} uses a recipe this version does not know ({key}).</source>
        <translation>El catálogo {name} usa una receta que esta versión no conoce ({key}).</translation>
    </message>
    <message>
        <source>The catalog {name} was written by a newer AttrLens (format {before}, this one knows {known}).</source>
        <translation>El catálogo {name} se escribió con una versión más nueva de AttrLens (formato {before}; esta conoce el {known}).</translation>
    </message>
    <message>
        <source>The catalog {path} cannot be written.</source>
        <translation>No se puede escribir en el catálogo {path}.</translation>
    </message>
    <message>
        <source>The catalog {path} could not be used ({reason}).</source>
        <translation>No se pudo usar el catálogo {path} ({reason}).</translation>
    </message>
    <message>
        <source>The catalog {path} is damaged ({reason}).</source>
        <translation>El catálogo {path} está dañado ({reason}).</translation>
    </message>
    <message>
        <source>The catalog {path} is not there any more.</source>
        <translation>El catálogo {path} ya no está.</translation>
    </message>
    <message>
        <source>The class with the largest part of what excites it most</source>
        <translation>La clase con la mayor parte de lo que más lo excita</translation>
    </message>
    <message>
        <source>The disk could not be read</source>
        <translation>No se pudo leer el disco</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>El disco está lleno</translation>
    </message>
    <message>
        <source>The disk is full: {path}.</source>
        <translation>El disco está lleno: {path}.</translation>
    </message>
    <message>
        <source>The disk is read-only</source>
        <translation>El disco es de solo lectura</translation>
    </message>
    <message>
        <source>The downloaded {name} is not the published file (its checksum differs).</source>
        <translation>El archivo {name} descargado no es el publicado (su suma de verificación difiere).</translation>
    </message>
    <message>
        <source>The exemplars are learned, and every other labeled image is decided from them.</source>
        <translation>Se aprenden los ejemplares, y todas las demás imágenes etiquetadas se deciden a partir de ellos.</translation>
    </message>
    <message>
        <source>The file or folder is missing</source>
        <translation>Falta el archivo o la carpeta</translation>
    </message>
    <message>
        <source>The first image of each group stays. No file is touched, and Undo brings all back.</source>
        <translation>La primera imagen de cada grupo se queda. No se toca ningún archivo, y Deshacer lo devuelve todo.</translation>
    </message>
    <message>
        <source>The first page.</source>
        <translation>La página inicial.</translation>
    </message>
    <message>
        <source>The first {n:,} are listed.</source>
        <translation>Se muestran los primeros {n:,}.</translation>
    </message>
    <message>
        <source>The first {n} are shown; all are in images.csv.</source>
        <translation>Se muestran las primeras {n}; todas están en images.csv.</translation>
    </message>
    <message>
        <source>The folder where the missing files are now</source>
        <translation>Carpeta donde están ahora los archivos que faltan</translation>
    </message>
    <message>
        <source>The folders of this catalog can be watched.</source>
        <translation>Las carpetas de este catálogo se pueden vigilar.</translation>
    </message>
    <message>
        <source>The harmonic mean of the two</source>
        <translation>La media armónica de las dos</translation>
    </message>
    <message>
        <source>The helper process ended unexpectedly.</source>
        <translation>El proceso auxiliar terminó de forma inesperada.</translation>
    </message>
    <message>
        <source>The helper process failed: {reason}</source>
        <translation>El proceso auxiliar falló: {reason}</translation>
    </message>
    <message>
        <source>The labeled images, and some others, are shown to the network once: what excites each channel, which channels tell classes apart, how selective they are for color. About a minute for 2,000 images; kept with the catalog.</source>
        <translation>Las imágenes etiquetadas, y algunas más, se muestran una vez a la red: qué excita cada canal, qué canales distinguen las clases, cuánto dependen del color. Alrededor de un minuto para 2000 imágenes; se guarda con el catálogo.</translation>
    </message>
    <message>
        <source>The layer {layer} has no channel {channel}.</source>
        <translation>La capa {layer} no tiene el canal {channel}.</translation>
    </message>
    <message>
        <source>The machine would say {name}, {confidence}</source>
        <translation>El programa diría {name}, {confidence}</translation>
    </message>
    <message>
        <source>The name of {path} is not valid text.</source>
        <translation>El nombre de {path} no es texto válido.</translation>
    </message>
    <message>
        <source>The newest {n} of an attribute are.</source>
        <translation>Se conservan las {n} más recientes de un atributo.</translation>
    </message>
    <message>
        <source>The pattern is empty.</source>
        <translation>El patrón está vacío.</translation>
    </message>
    <message>
        <source>The pattern {pattern} cannot be read ({reason}).</source>
        <translation>No se puede leer el patrón {pattern} ({reason}).</translation>
    </message>
    <message>
        <source>The pictures that channels answer to most</source>
        <translation>Las imágenes a las que más responden los canales</translation>
    </message>
    <message>
        <source>The program is sure of another class</source>
        <translation>El programa está seguro de otra clase</translation>
    </message>
    <message>
        <source>The program&apos;s classifier; the best class counts, sure or not.</source>
        <translation>El clasificador del programa; cuenta la mejor clase, segura o no.</translation>
    </message>
    <message>
        <source>The program&apos;s own decisions</source>
        <translation>Las decisiones del propio programa</translation>
    </message>
    <message>
        <source>The report was written to {path}.</source>
        <translation>Se escribió el informe en {path}.</translation>
    </message>
    <message>
        <source>The search was cancelled.</source>
        <translation>La búsqueda se canceló.</translation>
    </message>
    <message>
        <source>The thesis&apos;s methods on each block&apos;s mean activations.</source>
        <translation>Los métodos de la tesis sobre las activaciones medias de cada bloque.</translation>
    </message>
    <message>
        <source>The thesis&apos;s methods, block by block</source>
        <translation>Los métodos de la tesis, bloque por bloque</translation>
    </message>
    <message>
        <source>The weights file of {backbone} does not hold the layer {layer}.</source>
        <translation>El archivo de pesos de {backbone} no contiene la capa {layer}.</translation>
    </message>
    <message>
        <source>The weights file {path} is missing.</source>
        <translation>Falta el archivo de pesos {path}.</translation>
    </message>
    <message>
        <source>The weights of {backbone} are not on this machine.</source>
        <translation>Los pesos de {backbone} no están en este equipo.</translation>
    </message>
    <message>
        <source>The weights of {backbone} do not hold the layer {layer}.</source>
        <translation>Los pesos de {backbone} no contienen la capa {layer}.</translation>
    </message>
    <message>
        <source>The weights of {backbone} do not score classes.</source>
        <translation>Los pesos de {backbone} no puntúan clases.</translation>
    </message>
    <message>
        <source>The window</source>
        <translation>La ventana</translation>
    </message>
    <message>
        <source>The {n:,} nearest of {total:,}</source>
        <translation>Las {n:,} más cercanas de {total:,}</translation>
    </message>
    <message>
        <source>The {n:,} nearest of {total:,}; scroll for more</source>
        <translation>Las {n:,} más cercanas de {total:,}; desplácese para ver más</translation>
    </message>
    <message>
        <source>Their images then become exemplars; undo takes it back.</source>
        <translation>Sus imágenes pasan entonces a ser ejemplares; se puede deshacer.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Tema</translation>
    </message>
    <message>
        <source>Theme as the &amp;system</source>
        <translation>Tema del &amp;sistema</translation>
    </message>
    <message>
        <source>Then see here which channels answer to them, and where.</source>
        <translation>Después vea aquí qué canales responden a ellas, y dónde.</translation>
    </message>
    <message>
        <source>Then {name}, {confidence}</source>
        <translation>Después {name}, {confidence}</translation>
    </message>
    <message>
        <source>There are {names}.</source>
        <translation>Existen: {names}.</translation>
    </message>
    <message>
        <source>There are: {classes}.</source>
        <translation>Hay: {classes}.</translation>
    </message>
    <message>
        <source>There is a ) too many.</source>
        <translation>Sobra un ).</translation>
    </message>
    <message>
        <source>There is an attribute of that name already.</source>
        <translation>Ya existe un atributo con ese nombre.</translation>
    </message>
    <message>
        <source>There is no attribute or key {key}.</source>
        <translation>No existe ningún atributo ni clave {key}.</translation>
    </message>
    <message>
        <source>There is no attribute {name}.</source>
        <translation>No existe ningún atributo {name}.</translation>
    </message>
    <message>
        <source>There is no class {name}.</source>
        <translation>No existe ninguna clase {name}.</translation>
    </message>
    <message>
        <source>There is no file any more.</source>
        <translation>El archivo ya no está.</translation>
    </message>
    <message>
        <source>There is no file to paste: copy some in your file manager</source>
        <translation>No hay ningún archivo que pegar: copiar antes alguno en el administrador de archivos</translation>
    </message>
    <message>
        <source>There is nothing to score: every labeled image is learned from.</source>
        <translation>No hay nada que evaluar: se aprende de todas las imágenes etiquetadas.</translation>
    </message>
    <message>
        <source>There may not be enough memory; try fewer images.</source>
        <translation>Puede que no haya memoria suficiente; probar con menos imágenes.</translation>
    </message>
    <message>
        <source>These images are not described yet.</source>
        <translation>Estas imágenes aún no están descritas.</translation>
    </message>
    <message>
        <source>These images are of {n} group; {folds} folds need {folds}.</source>
        <translation>Estas imágenes son de {n} grupo; {folds} particiones necesitan {folds}.</translation>
    </message>
    <message>
        <source>These images are of {n} groups; {folds} folds need {folds}.</source>
        <translation>Estas imágenes son de {n} grupos; {folds} particiones necesitan {folds}.</translation>
    </message>
    <message>
        <source>Who may be found, how many, and other things to do</source>
        <translation>Qué se puede encontrar, cuántas, y otras cosas</translation>
    </message>
    <message>
        <source>Within the gallery&apos;s filter only</source>
        <translation>Solo dentro del filtro de la galería</translation>
    </message>
    <message>
        <source>no other image of the same product is known</source>
        <translation>no se conoce otra imagen del mismo producto</translation>
    </message>
    <message>
        <source>within the gallery&apos;s filter</source>
        <translation>dentro del filtro de la galería</translation>
    </message>
    <message>
        <source>{channel} does not answer here · {name}</source>
        <translation>{channel} no responde aquí · {name}</translation>
    </message>
    <message>
        <source>{channel} · above {limit:.3g}: {cells:.0%} of the cells, {share:.0%} of the photo · {name}</source>
        <translation>{channel} · sobre {limit:.3g}: {cells:.0%} de las celdas, {share:.0%} de la foto · {name}</translation>
    </message>
    <message>
        <source>{name}: click to see it, Delete to take it away, drag to the other side</source>
        <translation>{name}: un clic la muestra, Supr la quita, arrástrela al otro lado</translation>
    </message>
    <message>
        <source>They are described once, then every class works at once.</source>
        <translation>Se describen una vez; después todas las clases funcionan al instante.</translation>
    </message>
    <message>
        <source>This is a defect of AttrLens; the log has the details.</source>
        <translation>Es un defecto de AttrLens; los detalles están en el registro.</translation>
    </message>
    <message>
        <source>This is too deep to be read.</source>
        <translation>Demasiados niveles de paréntesis para poder leerla.</translation>
    </message>
    <message>
        <source>Those with that text in their name: {names}.</source>
        <translation>Las que llevan ese texto en su nombre: {names}.</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Umbral</translation>
    </message>
    <message>
        <source>Threshold of the mask</source>
        <translation>Umbral de la máscara</translation>
    </message>
    <message>
        <source>Threshold of {name}</source>
        <translation>Umbral de {name}</translation>
    </message>
    <message>
        <source>Threshold on the histogram of confidences</source>
        <translation>Umbral en el histograma de confianzas</translation>
    </message>
    <message>
        <source>Thumbnail size</source>
        <translation>Tamaño de las miniaturas</translation>
    </message>
    <message>
        <source>Thumbnail size (Ctrl+wheel)</source>
        <translation>Tamaño de las miniaturas (Ctrl+rueda)</translation>
    </message>
    <message>
        <source>Thumbnails (Ctrl+Shift+1)</source>
        <translation>Miniaturas (Ctrl+Mayús+1)</translation>
    </message>
    <message>
        <source>Too many files are open</source>
        <translation>Hay demasiados archivos abiertos</translation>
    </message>
    <message>
        <source>Took: {parts}</source>
        <translation>Duración: {parts}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Try again; a proxy or a portal page may have answered instead of the server.</source>
        <translation>Intentarlo de nuevo; puede haber respondido un proxy o una página de acceso en lugar del servidor.</translation>
    </message>
    <message>
        <source>Try the demo ({n:,} synthetic garments)</source>
        <translation>Probar la demostración ({n:,} prendas sintéticas)</translation>
    </message>
    <message>
        <source>Try unreadable files again</source>
        <translation>Reintentar archivos ilegibles</translation>
    </message>
    <message>
        <source>Trying recipes for {name}</source>
        <translation>Probando recetas para {name}</translation>
    </message>
    <message>
        <source>Turn the order around (Ctrl+Shift+U)</source>
        <translation>Invertir el orden (Ctrl+Mayús+U)</translation>
    </message>
    <message>
        <source>Copy to a fol&amp;der…</source>
        <translation>Copiar en una carpe&amp;ta…</translation>
    </message>
    <message>
        <source>Draw it larger.</source>
        <translation>Dibújela más grande.</translation>
    </message>
    <message>
        <source>Draw ten</source>
        <translation>Dibujar diez</translation>
    </message>
    <message>
        <source>Draw what the ten channels that tell this class best answer to most</source>
        <translation>Dibujar a qué responden más los diez canales que mejor distinguen esta clase</translation>
    </message>
    <message>
        <source>Ex&amp;port the record…</source>
        <translation>Exportar el &amp;historial de decisiones…</translation>
    </message>
    <message>
        <source>How products &amp;are told…</source>
        <translation>Cómo se identi&amp;fican los productos…</translation>
    </message>
    <message>
        <source>Lay the images out from nothing, as if there were no map yet</source>
        <translation>Disponer las imágenes desde cero, como si aún no hubiera mapa</translation>
    </message>
    <message>
        <source>Laying out the map</source>
        <translation>Disponiendo el mapa</translation>
    </message>
    <message>
        <source>Layout as a table…</source>
        <translation>Disposición como tabla…</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>Leyenda</translation>
    </message>
    <message>
        <source>Like others</source>
        <translation>Como otras</translation>
    </message>
    <message>
        <source>Looking for clusters</source>
        <translation>Buscando conglomerados</translation>
    </message>
    <message>
        <source>Make an attribute first: Class, New attribute.</source>
        <translation>Cree primero un atributo: Clase, Nuevo atributo.</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Mapa</translation>
    </message>
    <message>
        <source>Map as PNG…</source>
        <translation>Mapa como PNG…</translation>
    </message>
    <message>
        <source>Map as SVG…</source>
        <translation>Mapa como SVG…</translation>
    </message>
    <message>
        <source>Map of {name}</source>
        <translation>Mapa de {name}</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Medida</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>Medir otra vez</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>Medidas</translation>
    </message>
    <message>
        <source>Measures…</source>
        <translation>Medidas…</translation>
    </message>
    <message>
        <source>Measuring map and grid</source>
        <translation>Midiendo el mapa y la cuadrícula</translation>
    </message>
    <message>
        <source>Measuring the grid</source>
        <translation>Midiendo la cuadrícula</translation>
    </message>
    <message>
        <source>Measuring the map</source>
        <translation>Midiendo el mapa</translation>
    </message>
    <message>
        <source>More of them leave more images in no cluster</source>
        <translation>Cuantos más, más imágenes quedan sin conglomerado</translation>
    </message>
    <message>
        <source>Move the picture (G)</source>
        <translation>Mover la vista (G)</translation>
    </message>
    <message>
        <source>Move the slider to the right to see images that differ more.</source>
        <translation>Mueva el control a la derecha para ver imágenes que difieren más.</translation>
    </message>
    <message>
        <source>Nearest kept</source>
        <translation>Cercanas conservadas</translation>
    </message>
    <message>
        <source>Nearest mean over generated pictures: eight hues, each in a pattern it was not learned in; six patterns, each in a hue it was not learned in. Guessing gives 12% and 17%.</source>
        <translation>Media más próxima en imágenes generadas: ocho tonos, cada uno en un patrón en el que no se aprendió; seis patrones, cada uno en un tono en el que no se aprendió. Al azar se acierta el 12 % y el 17 %.</translation>
    </message>
    <message>
        <source>Nearest neighbor after UMAP, {block}</source>
        <translation>Vecino más cercano tras UMAP, {block}</translation>
    </message>
    <message>
        <source>Nearest of the map kept</source>
        <translation>Cercanas del mapa conservadas</translation>
    </message>
    <message>
        <source>Neighbors</source>
        <translation>Vecinos</translation>
    </message>
    <message>
        <source>New class of these</source>
        <translation>Nueva clase con estas</translation>
    </message>
    <message>
        <source>Newest file</source>
        <translation>Archivo más nuevo</translation>
    </message>
    <message>
        <source>No attribute</source>
        <translation>Ningún atributo</translation>
    </message>
    <message>
        <source>No image has a copy</source>
        <translation>Ninguna imagen tiene copia</translation>
    </message>
    <message>
        <source>No image is described yet, so there is no map.</source>
        <translation>Aún no hay ninguna imagen descrita, así que no hay mapa.</translation>
    </message>
    <message>
        <source>No images belong together</source>
        <translation>No hay imágenes que vayan juntas</translation>
    </message>
    <message>
        <source>No images yet</source>
        <translation>Aún no hay imágenes</translation>
    </message>
    <message>
        <source>No other image may be found: look at the filter, or at products that are left out.</source>
        <translation>No queda otra imagen que buscar: mire el filtro, o los productos que se omiten.</translation>
    </message>
    <message>
        <source>No suggestion</source>
        <translation>Sin sugerencia</translation>
    </message>
    <message>
        <source>Not like</source>
        <translation>No como</translation>
    </message>
    <message>
        <source>Not like these</source>
        <translation>No como estas</translation>
    </message>
    <message>
        <source>Not like {name}</source>
        <translation>No como {name}</translation>
    </message>
    <message>
        <source>Not measured yet</source>
        <translation>Aún sin medir</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>No se encontró nada</translation>
    </message>
    <message>
        <source>On the map and the grid: move it, draw around images</source>
        <translation>En el mapa y la cuadrícula: moverlos, rodear imágenes</translation>
    </message>
    <message>
        <source>On the map and the grid: zoom in, out, see everything</source>
        <translation>En el mapa y la cuadrícula: acercar, alejar, verlo todo</translation>
    </message>
    <message>
        <source>One column by both, in place of two</source>
        <translation>Una columna según ambos, en vez de dos</translation>
    </message>
    <message>
        <source>One product, by file names and by you</source>
        <translation>Un producto, por nombres de archivo y por usted</translation>
    </message>
    <message>
        <source>Only these</source>
        <translation>Solo estas</translation>
    </message>
    <message>
        <source>Other folders</source>
        <translation>Otras carpetas</translation>
    </message>
    <message>
        <source>Pairs after UMAP, {block}</source>
        <translation>Pares tras UMAP, {block}</translation>
    </message>
    <message>
        <source>Pairs, {block}</source>
        <translation>Pares, {block}</translation>
    </message>
    <message>
        <source>Pas&amp;te files into the catalog</source>
        <translation>&amp;Pegar archivos en el catálogo</translation>
    </message>
    <message>
        <source>Paste a picture</source>
        <translation>Pegar una foto</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Imágenes</translation>
    </message>
    <message>
        <source>Preparing maps</source>
        <translation>Preparando los mapas</translation>
    </message>
    <message>
        <source>Preparing the search</source>
        <translation>Preparando la búsqueda</translation>
    </message>
    <message>
        <source>Rank correlation of distances here and by descriptors</source>
        <translation>Correlación de rangos entre las distancias aquí y por descriptor</translation>
    </message>
    <message>
        <source>Reading the map</source>
        <translation>Leyendo el mapa</translation>
    </message>
    <message>
        <source>Remove the others</source>
        <translation>Quitar las demás</translation>
    </message>
    <message>
        <source>ResNet&amp;50 weights…</source>
        <translation>Pesos de ResNet&amp;50…</translation>
    </message>
    <message>
        <source>Say first what is to be found: drop it on Like.</source>
        <translation>Diga primero lo que se busca: suéltelo en Como.</translation>
    </message>
    <message>
        <source>Say that the images of each group show one product: evaluations never part them</source>
        <translation>Decir que las imágenes de cada grupo son de un producto: las evaluaciones nunca las separan</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Segundos</translation>
    </message>
    <message>
        <source>See everything (Home)</source>
        <translation>Verlo todo (Inicio)</translation>
    </message>
    <message>
        <source>Select all but the first of each group, to label, copy or remove them</source>
        <translation>Seleccionar todas menos la primera de cada grupo, para etiquetarlas, copiarlas o quitarlas</translation>
    </message>
    <message>
        <source>Select the others</source>
        <translation>Seleccionar las demás</translation>
    </message>
    <message>
        <source>Select these</source>
        <translation>Seleccionar estas</translation>
    </message>
    <message>
        <source>Selected images are no longer said to be of their product</source>
        <translation>Las imágenes seleccionadas dejan de ser de su producto</translation>
    </message>
    <message>
        <source>Share of images in the largest piece of their cluster</source>
        <translation>Imágenes que están en la pieza mayor de su conglomerado</translation>
    </message>
    <message>
        <source>Share of the 10 nearest that are of the image&apos;s own class</source>
        <translation>De las 10 más cercanas, cuántas son de la misma clase</translation>
    </message>
    <message>
        <source>Share of the 15 images nearest by descriptors that are among the 15 nearest here</source>
        <translation>De las 15 imágenes más cercanas por descriptor, cuántas están aquí entre las 15 más cercanas</translation>
    </message>
    <message>
        <source>Share of the 15 nearest on the map that are among the 15 nearest cells</source>
        <translation>De las 15 más cercanas en el mapa, cuántas están entre las 15 celdas más cercanas</translation>
    </message>
    <message>
        <source>Share of the images</source>
        <translation>Parte de las imágenes</translation>
    </message>
    <message>
        <source>Shift, Alt</source>
        <translation>Mayús, Alt</translation>
    </message>
    <message>
        <source>Show in the gallery</source>
        <translation>Mostrar en la galería</translation>
    </message>
    <message>
        <source>Show pictures on the map where there is room</source>
        <translation>Mostrar imágenes en el mapa donde haya sitio</translation>
    </message>
    <message>
        <source>Similar</source>
        <translation>Parecidas</translation>
    </message>
    <message>
        <source>Similar &amp;by color and texture</source>
        <translation>Parecidas por color y te&amp;xtura</translation>
    </message>
    <message>
        <source>Smallest</source>
        <translation>Mínimo</translation>
    </message>
    <message>
        <source>Smallest cluster</source>
        <translation>Conglomerado más pequeño</translation>
    </message>
    <message>
        <source>Sort the gallery like this</source>
        <translation>Ordenar así la galería</translation>
    </message>
    <message>
        <source>Start anew</source>
        <translation>Empezar de nuevo</translation>
    </message>
    <message>
        <source>Strangest {share:.0%}</source>
        <translation>El {share:.0%} más extraño</translation>
    </message>
    <message>
        <source>Suggestion</source>
        <translation>Sugerencia</translation>
    </message>
    <message>
        <source>T&amp;urn the order around</source>
        <translation>Invertir el or&amp;den</translation>
    </message>
    <message>
        <source>Take all but the first of each group out of the catalog; no file is touched</source>
        <translation>Sacar del catálogo todas menos la primera de cada grupo; no se toca ningún archivo</translation>
    </message>
    <message>
        <source>Take apart</source>
        <translation>Separar</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Take {what} out of their product</source>
        <translation>Sacar {what} de su producto</translation>
    </message>
    <message>
        <source>That the grid took</source>
        <translation>Que llevó la cuadrícula</translation>
    </message>
    <message>
        <source>The aspect {aspect} is not 0.05 to 20.</source>
        <translation>La proporción {aspect} no está entre 0.05 y 20.</translation>
    </message>
    <message>
        <source>The catalog has no attribute {name}.</source>
        <translation>El catálogo no tiene el atributo {name}.</translation>
    </message>
    <message>
        <source>The clipboard holds no picture: copy one in your browser or file manager</source>
        <translation>El portapapeles no tiene ninguna foto: copie una en su navegador o gestor de archivos</translation>
    </message>
    <message>
        <source>The descriptors ({size:.1f} GB) do not fit into the memory ({memory:.1f} GB): searches read them from disk.</source>
        <translation>Los descriptores ({size:.1f} GB) no caben en la memoria ({memory:.1f} GB): las búsquedas los leen del disco.</translation>
    </message>
    <message>
        <source>The limit {limit} is not 0 to {most}.</source>
        <translation>El límite {limit} no está entre 0 y {most}.</translation>
    </message>
    <message>
        <source>The middle</source>
        <translation>El centro</translation>
    </message>
    <message>
        <source>The region is too small.</source>
        <translation>La región es demasiado pequeña.</translation>
    </message>
    <message>
        <source>The same shot in another color</source>
        <translation>La misma toma en otro color</translation>
    </message>
    <message>
        <source>These weights know no classes. Choose EfficientNet-Lite0 above.</source>
        <translation>Estos pesos no conocen clases. Elija EfficientNet-Lite0 arriba.</translation>
    </message>
    <message>
        <source>This layout</source>
        <translation>Esta disposición</translation>
    </message>
    <message>
        <source>Trustworthiness</source>
        <translation>Fiabilidad</translation>
    </message>
    <message>
        <source>Two classes with exemplars, and labeled images that are no exemplars.</source>
        <translation>Dos clases con ejemplares, e imágenes etiquetadas que no sean ejemplares.</translation>
    </message>
    <message>
        <source>UMAP takes 2 to 100 neighbors and a distance of 0 to 0.99.</source>
        <translation>UMAP admite de 2 a 100 vecinos y una distancia de 0 a 0.99.</translation>
    </message>
    <message>
        <source>Undone: {name}</source>
        <translation>Deshecho: {name}</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Desconocidas</translation>
    </message>
    <message>
        <source>Unknown below</source>
        <translation>Desconocidas por debajo de</translation>
    </message>
    <message>
        <source>Unknown below {limit:.0%}</source>
        <translation>Desconocidas por debajo del {limit:.0%}</translation>
    </message>
    <message>
        <source>Unknown below {limit:.0%}: {n:,} of {total:,} without a label</source>
        <translation>Desconocidas por debajo del {limit:.0%}: {n:,} de {total:,} sin etiqueta</translation>
    </message>
    <message>
        <source>Unknown: {n:,} image</source>
        <translation>Desconocidas: {n:,} imagen</translation>
    </message>
    <message>
        <source>Unknown: {n:,} images</source>
        <translation>Desconocidas: {n:,} imágenes</translation>
    </message>
    <message>
        <source>Unknown: {name} below {limit:.0%}</source>
        <translation>Desconocidas: {name} por debajo del {limit:.0%}</translation>
    </message>
    <message>
        <source>Unlike everything</source>
        <translation>Distinto de todo</translation>
    </message>
    <message>
        <source>Unlike the exemplars of every class</source>
        <translation>Distinta de los ejemplares de todas las clases</translation>
    </message>
    <message>
        <source>Upper half</source>
        <translation>Mitad de arriba</translation>
    </message>
    <message>
        <source>Use resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5 as Keras publishes it.</source>
        <translation>Usar resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5 tal como lo publica Keras.</translation>
    </message>
    <message>
        <source>Use the chosen one</source>
        <translation>Usar la elegida</translation>
    </message>
    <message>
        <source>Use this rule</source>
        <translation>Usar esta regla</translation>
    </message>
    <message>
        <source>Variety</source>
        <translation>Variedad</translation>
    </message>
    <message>
        <source>Verdict by block</source>
        <translation>Veredicto por bloque</translation>
    </message>
    <message>
        <source>Versions, counts and the end of the log, for whoever helps you. Nothing is sent: copy it yourself.</source>
        <translation>Versiones, recuentos y el final del registro, para quien preste ayuda. No se envía nada: hay que copiarlo a mano.</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Vistas</translation>
    </message>
    <message>
        <source>Views of the network</source>
        <translation>Vistas de la red</translation>
    </message>
    <message>
        <source>Views of what is alike</source>
        <translation>Vistas de lo que se parece</translation>
    </message>
    <message>
        <source>Viridis</source>
        <translation>Viridis</translation>
    </message>
    <message>
        <source>Wait until some are, or choose Describe waiting images in the File menu.</source>
        <translation>Espere a que haya algunas, o elija Describir las imágenes pendientes en el menú Archivo.</translation>
    </message>
    <message>
        <source>Wait until they are, then try again.</source>
        <translation>Esperar a que lo estén y volver a intentarlo.</translation>
    </message>
    <message>
        <source>Waiting to be described</source>
        <translation>Pendiente de describir</translation>
    </message>
    <message>
        <source>Watch the folders of a catalog</source>
        <translation>Vigilar las carpetas de un catálogo</translation>
    </message>
    <message>
        <source>Watch them</source>
        <translation>Vigilarlas</translation>
    </message>
    <message>
        <source>Watch {folder}</source>
        <translation>Vigilar {folder}</translation>
    </message>
    <message>
        <source>Weakest first</source>
        <translation>Las más débiles primero</translation>
    </message>
    <message>
        <source>Weakest first. Precision: of what is decided so, how much is. Recall: of what is so, how much is found.</source>
        <translation>Primero las más débiles. Precisión: de lo que se decide así, cuánto lo es. Exhaustividad: de lo que es así, cuánto se encuentra.</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Pesos</translation>
    </message>
    <message>
        <source>Were they no exemplars, they would be taken for it. Check them: they blur both classes.</source>
        <translation>Si no fueran ejemplares, se tomarían por esa clase. Conviene revisarlos: desdibujan ambas clases.</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Qué</translation>
    </message>
    <message>
        <source>What a survey says</source>
        <translation>Qué dice un sondeo</translation>
    </message>
    <message>
        <source>What belongs together</source>
        <translation>Qué va junto</translation>
    </message>
    <message>
        <source>What can be done with the selected images</source>
        <translation>Qué se puede hacer con las imágenes seleccionadas</translation>
    </message>
    <message>
        <source>What does {layer} answer to?</source>
        <translation>¿A qué responde {layer}?</translation>
    </message>
    <message>
        <source>What each channel is selective for</source>
        <translation>A qué es selectivo cada canal</translation>
    </message>
    <message>
        <source>What each class excites, and what tells classes apart</source>
        <translation>Qué excita cada clase, y qué distingue las clases</translation>
    </message>
    <message>
        <source>What excites a channel</source>
        <translation>Qué excita un canal</translation>
    </message>
    <message>
        <source>What excites the channel most</source>
        <translation>Qué excita más el canal</translation>
    </message>
    <message>
        <source>What goes up</source>
        <translation>Qué se mide en vertical</translation>
    </message>
    <message>
        <source>What happened to this image, by whom, when and with what</source>
        <translation>Qué ocurrió con esta imagen: por quién, cuándo y con qué</translation>
    </message>
    <message>
        <source>What helps</source>
        <translation>Solución</translation>
    </message>
    <message>
        <source>What is looked for</source>
        <translation>Lo que se busca</translation>
    </message>
    <message>
        <source>What is measured</source>
        <translation>Qué se mide</translation>
    </message>
    <message>
        <source>What is shown over the photos</source>
        <translation>Qué se muestra sobre las fotos</translation>
    </message>
    <message>
        <source>What is taken for what</source>
        <translation>Qué se confunde con qué</translation>
    </message>
    <message>
        <source>What is this channel tuned to?</source>
        <translation>¿A qué está sintonizado este canal?</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Problema</translation>
    </message>
    <message>
        <source>What it learns from</source>
        <translation>De qué aprende</translation>
    </message>
    <message>
        <source>What it looks at</source>
        <translation>En qué se fija</translation>
    </message>
    <message>
        <source>What looks like a class</source>
        <translation>Qué parece de una clase</translation>
    </message>
    <message>
        <source>What may come next</source>
        <translation>Qué puede seguir</translation>
    </message>
    <message>
        <source>What more exemplars bring</source>
        <translation>Qué aportan más ejemplares</translation>
    </message>
    <message>
        <source>What speaks for a class</source>
        <translation>Qué habla a favor de una clase</translation>
    </message>
    <message>
        <source>What the channels that tell {name} answer to most</source>
        <translation>A qué responden más los canales que distinguen {name}</translation>
    </message>
    <message>
        <source>What the gradient changes</source>
        <translation>Qué cambia el gradiente</translation>
    </message>
    <message>
        <source>What the network says to generated colors and patterns</source>
        <translation>Qué dice la red de colores y patrones generados</translation>
    </message>
    <message>
        <source>What was tried</source>
        <translation>Lo que se probó</translation>
    </message>
    <message>
        <source>What went wrong</source>
        <translation>Qué salió mal</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Cuándo</translation>
    </message>
    <message>
        <source>Where F1 lies with 95 % confidence</source>
        <translation>Dónde está F1 con una confianza del 95 %</translation>
    </message>
    <message>
        <source>Where channels and classes answer in the selected images</source>
        <translation>Dónde responden canales y clases en las imágenes seleccionadas</translation>
    </message>
    <message>
        <source>Where clusters are looked for</source>
        <translation>Dónde se buscan los conglomerados</translation>
    </message>
    <message>
        <source>Wherever the program is sure, it agrees with the label.</source>
        <translation>Donde el programa está seguro, coincide con la etiqueta.</translation>
    </message>
    <message>
        <source>Which channels answer to this?</source>
        <translation>¿Qué canales responden a esto?</translation>
    </message>
    <message>
        <source>Which class</source>
        <translation>Qué clase</translation>
    </message>
    <message>
        <source>Which image of a group is kept</source>
        <translation>Qué imagen de un grupo se queda</translation>
    </message>
    <message>
        <source>Which images are shown</source>
        <translation>Qué imágenes se muestran</translation>
    </message>
    <message>
        <source>Which part of the picture counts</source>
        <translation>Qué parte de la foto cuenta</translation>
    </message>
    <message>
        <source>Which run is shown</source>
        <translation>Qué evaluación se muestra</translation>
    </message>
    <message>
        <source>Which run it is compared with</source>
        <translation>Con qué evaluación se compara</translation>
    </message>
    <message>
        <source>While drawing around images: add them, take them out</source>
        <translation>Al rodear imágenes: añadirlas, quitarlas</translation>
    </message>
    <message>
        <source>Who decided</source>
        <translation>Quién decidió</translation>
    </message>
    <message>
        <source>Who or what</source>
        <translation>Quién o qué</translation>
    </message>
    <message>
        <source>Whole chart</source>
        <translation>Gráfico entero</translation>
    </message>
    <message>
        <source>Whole photo</source>
        <translation>Foto entera</translation>
    </message>
    <message>
        <source>Whole photo (Z switches to every pixel)</source>
        <translation>Foto entera (Z cambia a tamaño real, píxel a píxel)</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>Foto entera</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Por qué</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Anchura</translation>
    </message>
    <message>
        <source>Width in pixels:</source>
        <translation>Ancho en píxeles:</translation>
    </message>
    <message>
        <source>Without the heat map</source>
        <translation>Sin el mapa de calor</translation>
    </message>
    <message>
        <source>Words are looked for in file names and folders. color:red is the class of an attribute, -color:red all but it. Also: label:none, is:unknown, conf&lt;0.6, path:summer/*, date&gt;2026-05, size&gt;2MB, or, ( ). (Ctrl+F)</source>
        <translation>Las palabras se buscan en los nombres de archivo y en las carpetas. color:red es la clase de un atributo, -color:red todas menos ella. También: label:none, is:unknown, conf&lt;0.6, path:summer/*, date&gt;2026-05, size&gt;2MB, or, ( ). (Ctrl+F)</translation>
    </message>
    <message>
        <source>Write a picture of every selected image to this folder</source>
        <translation>Escribir una imagen de cada seleccionada en esta carpeta</translation>
    </message>
    <message>
        <source>Write all Neuron Features as one PNG, in the order of the table</source>
        <translation>Escribir todos los rasgos en un PNG, en el orden de la tabla</translation>
    </message>
    <message>
        <source>Write masks or heat maps of all selected images as PNG with alpha</source>
        <translation>Escribir máscaras o mapas de calor de las imágenes seleccionadas como PNG con transparencia</translation>
    </message>
    <message>
        <source>Write report…</source>
        <translation>Escribir informe…</translation>
    </message>
    <message>
        <source>Writing masks to {name}</source>
        <translation>Escribiendo máscaras en {name}</translation>
    </message>
    <message>
        <source>Writing pictures</source>
        <translation>Escribiendo imágenes</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>Escribiendo el informe</translation>
    </message>
    <message>
        <source>Writing {name}</source>
        <translation>Escribiendo {name}</translation>
    </message>
    <message>
        <source>Written by AttrLens {version} on {day} at {hour}.</source>
        <translation>Escrito por AttrLens {version} el {day} a las {hour}.</translation>
    </message>
    <message>
        <source>Written to {path}.</source>
        <translation>Escrito en {path}.</translation>
    </message>
    <message>
        <source>Wrong in {name}</source>
        <translation>Equivocadas en {name}</translation>
    </message>
    <message>
        <source>Wrong now, right before</source>
        <translation>Ahora equivocadas, antes acertadas</translation>
    </message>
    <message>
        <source>Your work is saved. The report helps to mend it.</source>
        <translation>El trabajo está guardado. El informe ayuda a corregir el error.</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>Acercar (+)</translation>
    </message>
    <message>
        <source>Zoom out (-)</source>
        <translation>Alejar (-)</translation>
    </message>
    <message>
        <source>a PDF document</source>
        <translation>un documento PDF</translation>
    </message>
    <message>
        <source>a Photoshop document</source>
        <translation>un documento de Photoshop</translation>
    </message>
    <message>
        <source>a ZIP archive</source>
        <translation>un archivo ZIP</translation>
    </message>
    <message>
        <source>a deleted class</source>
        <translation>una clase eliminada</translation>
    </message>
    <message>
        <source>a web page</source>
        <translation>una página web</translation>
    </message>
    <message>
        <source>about {hours} h {minutes} min</source>
        <translation>aprox. {hours} h {minutes} min</translation>
    </message>
    <message>
        <source>about {minutes} min {seconds} s</source>
        <translation>aprox. {minutes} min {seconds} s</translation>
    </message>
    <message>
        <source>about {n} h</source>
        <translation>aprox. {n} h</translation>
    </message>
    <message>
        <source>about {n} min</source>
        <translation>aprox. {n} min</translation>
    </message>
    <message>
        <source>about {n} s</source>
        <translation>aprox. {n} s</translation>
    </message>
    <message>
        <source>above all other classes, in deviations</source>
        <translation>por encima de las demás clases, en desviaciones</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>exactitud</translation>
    </message>
    <message>
        <source>action</source>
        <translation>acción</translation>
    </message>
    <message>
        <source>after UMAP to 10 dimensions</source>
        <translation>tras UMAP a 10 dimensiones</translation>
    </message>
    <message>
        <source>all saved</source>
        <translation>todo guardado</translation>
    </message>
    <message>
        <source>an SVG drawing</source>
        <translation>un dibujo SVG</translation>
    </message>
    <message>
        <source>an XML file</source>
        <translation>un archivo XML</translation>
    </message>
    <message>
        <source>and here what is not</source>
        <translation>y aquí lo que no</translation>
    </message>
    <message>
        <source>and {n:,} more</source>
        <translation>y {n:,} más</translation>
    </message>
    <message>
        <source>another</source>
        <translation>otra</translation>
    </message>
    <message>
        <source>another class</source>
        <translation>otra clase</translation>
    </message>
    <message>
        <source>argyle</source>
        <translation>rombos</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>tal cual</translation>
    </message>
    <message>
        <source>as suggested</source>
        <translation>la sugerida</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automático</translation>
    </message>
    <message>
        <source>being laid out</source>
        <translation>disponiéndose</translation>
    </message>
    <message>
        <source>better {count}</source>
        <translation>mejor {count}</translation>
    </message>
    <message>
        <source>block</source>
        <translation>bloque</translation>
    </message>
    <message>
        <source>block {name}</source>
        <translation>bloque {name}</translation>
    </message>
    <message>
        <source>block {name}: {count}</source>
        <translation>bloque {name}: {count}</translation>
    </message>
    <message>
        <source>buttons mean {n:,} group with selected images</source>
        <translation>los botones se refieren a {n:,} grupo con imágenes seleccionadas</translation>
    </message>
    <message>
        <source>buttons mean {n:,} groups with selected images</source>
        <translation>los botones se refieren a {n:,} grupos con imágenes seleccionadas</translation>
    </message>
    <message>
        <source>by exemplars</source>
        <translation>por ejemplares</translation>
    </message>
    <message>
        <source>by how well they tell classes apart</source>
        <translation>por cómo distinguen las clases</translation>
    </message>
    <message>
        <source>by mean activation</source>
        <translation>por activación media</translation>
    </message>
    <message>
        <source>by number</source>
        <translation>por número</translation>
    </message>
    <message>
        <source>by peak</source>
        <translation>por máximo</translation>
    </message>
    <message>
        <source>called unknown (below {limit:.0f} %)</source>
        <translation>dadas por desconocidas (por debajo del {limit:.0f} %)</translation>
    </message>
    <message>
        <source>changes</source>
        <translation>cambios</translation>
    </message>
    <message>
        <source>channel</source>
        <translation>canal</translation>
    </message>
    <message>
        <source>channel {channel}</source>
        <translation>canal {channel}</translation>
    </message>
    <message>
        <source>checks</source>
        <translation>damero</translation>
    </message>
    <message>
        <source>chroma, at its best hue</source>
        <translation>croma, en su mejor tono</translation>
    </message>
    <message>
        <source>class</source>
        <translation>clase</translation>
    </message>
    <message>
        <source>class selectivity {value:.2f}; {share:.0%} of what excites it is {name}</source>
        <translation>selectividad de clase {value:.2f}; {share:.0%} de lo que lo excita es {name}</translation>
    </message>
    <message>
        <source>color selectivity {value:.2f}</source>
        <translation>selectividad al color {value:.2f}</translation>
    </message>
    <message>
        <source>compared with</source>
        <translation>comparada con</translation>
    </message>
    <message>
        <source>confidence</source>
        <translation>confianza</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>coseno</translation>
    </message>
    <message>
        <source>decision</source>
        <translation>decisión</translation>
    </message>
    <message>
        <source>differ by {limit} at most</source>
        <translation>difieren en {limit} como mucho</translation>
    </message>
    <message>
        <source>dimensions</source>
        <translation>dimensiones</translation>
    </message>
    <message>
        <source>discriminant</source>
        <translation>discriminante</translation>
    </message>
    <message>
        <source>distance</source>
        <translation>distancia</translation>
    </message>
    <message>
        <source>dots</source>
        <translation>lunares</translation>
    </message>
    <message>
        <source>each its own scale</source>
        <translation>cada una su escala</translation>
    </message>
    <message>
        <source>en</source>
        <translation>es</translation>
    </message>
    <message>
        <source>exemplar set</source>
        <translation>conjunto de ejemplares</translation>
    </message>
    <message>
        <source>first of several frames</source>
        <translation>primero de varios fotogramas</translation>
    </message>
    <message>
        <source>from</source>
        <translation>desde</translation>
    </message>
    <message>
        <source>gray of lightness {lightness:.1f}</source>
        <translation>gris de claridad {lightness:.1f}</translation>
    </message>
    <message>
        <source>groups kept together</source>
        <translation>grupos mantenidos juntos</translation>
    </message>
    <message>
        <source>groups kept together ({grouped:,} of {total:,} images have one)</source>
        <translation>grupos mantenidos juntos ({grouped:,} de {total:,} imágenes tienen uno)</translation>
    </message>
    <message>
        <source>houndstooth</source>
        <translation>pata de gallo</translation>
    </message>
    <message>
        <source>hue {hue:.0f}°</source>
        <translation>tono {hue:.0f}°</translation>
    </message>
    <message>
        <source>hue {n}°</source>
        <translation>tono {n}°</translation>
    </message>
    <message>
        <source>hue, degrees</source>
        <translation>tono, grados</translation>
    </message>
    <message>
        <source>images</source>
        <translation>imágenes</translation>
    </message>
    <message>
        <source>its class</source>
        <translation>su clase</translation>
    </message>
    <message>
        <source>knn {k} cosine</source>
        <translation>knn {k} coseno</translation>
    </message>
    <message>
        <source>knn {k} euclidean</source>
        <translation>knn {k} euclidiana</translation>
    </message>
    <message>
        <source>learned from {learned:,} images, scored {scored:,} others, {groups}</source>
        <translation>se aprendió de {learned:,} imágenes y se evaluaron otras {scored:,}, {groups}</translation>
    </message>
    <message>
        <source>least</source>
        <translation>mínimo</translation>
    </message>
    <message>
        <source>letterbox</source>
        <translation>con bordes</translation>
    </message>
    <message>
        <source>lightness of gray</source>
        <translation>claridad del gris</translation>
    </message>
    <message>
        <source>made in {seconds:.1f} s</source>
        <translation>hecho en {seconds:.1f} s</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>media</translation>
    </message>
    <message>
        <source>mean + k deviations</source>
        <translation>media + k desviaciones</translation>
    </message>
    <message>
        <source>mean activation</source>
        <translation>activación media</translation>
    </message>
    <message>
        <source>mean cosine</source>
        <translation>media coseno</translation>
    </message>
    <message>
        <source>mean euclidean</source>
        <translation>media euclidiana</translation>
    </message>
    <message>
        <source>mean {mean:.3g}, peak {peak:.3g}</source>
        <translation>media {mean:.3g}, máximo {peak:.3g}</translation>
    </message>
    <message>
        <source>mean+std</source>
        <translation>media+desv. est.</translation>
    </message>
    <message>
        <source>megapixels</source>
        <translation>megapíxeles</translation>
    </message>
    <message>
        <source>method</source>
        <translation>método</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>falta el archivo</translation>
    </message>
    <message>
        <source>most</source>
        <translation>máximo</translation>
    </message>
    <message>
        <source>moving</source>
        <translation>en movimiento</translation>
    </message>
    <message>
        <source>nearest neighbor</source>
        <translation>vecino más cercano</translation>
    </message>
    <message>
        <source>no</source>
        <translation>no</translation>
    </message>
    <message>
        <source>no class</source>
        <translation>ninguna clase</translation>
    </message>
    <message>
        <source>no groups given</source>
        <translation>sin grupos indicados</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguna</translation>
    </message>
    <message>
        <source>not classified</source>
        <translation>sin clasificar</translation>
    </message>
    <message>
        <source>not watched</source>
        <translation>no vigilada</translation>
    </message>
    <message>
        <source>of 1: notices images of a class left out</source>
        <translation>de 1: detecta imágenes de una clase excluida</translation>
    </message>
    <message>
        <source>of 1: tells images of a class it never saw</source>
        <translation>de 1: distingue imágenes de una clase que nunca vio</translation>
    </message>
    <message>
        <source>off</source>
        <translation>apagado</translation>
    </message>
    <message>
        <source>off in its confidence, on average</source>
        <translation>de error en su confianza, en promedio</translation>
    </message>
    <message>
        <source>on</source>
        <translation>encendido</translation>
    </message>
    <message>
        <source>one scale for all</source>
        <translation>una escala para todas</translation>
    </message>
    <message>
        <source>orientation, degrees</source>
        <translation>orientación, grados</translation>
    </message>
    <message>
        <source>original</source>
        <translation>original</translation>
    </message>
    <message>
        <source>other class</source>
        <translation>otra clase</translation>
    </message>
    <message>
        <source>overlap {share}</source>
        <translation>solapamiento {share}</translation>
    </message>
    <message>
        <source>partly</source>
        <translation>en parte</translation>
    </message>
    <message>
        <source>picture {n} of {total}</source>
        <translation>imagen {n} de {total}</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>píxeles</translation>
    </message>
    <message>
        <source>plaid</source>
        <translation>cuadros</translation>
    </message>
    <message>
        <source>principal axes</source>
        <translation>ejes principales</translation>
    </message>
    <message>
        <source>pure color</source>
        <translation>color puro</translation>
    </message>
    <message>
        <source>recipe</source>
        <translation>receta</translation>
    </message>
    <message>
        <source>right</source>
        <translation>aciertos</translation>
    </message>
    <message>
        <source>right, of {n:,} ({low:.1f} to {high:.1f})</source>
        <translation>acertadas, de {n:,} ({low:.1f} a {high:.1f})</translation>
    </message>
    <message>
        <source>right, of {n:,}; {low:.1f} to {high:.1f} with 95 % confidence</source>
        <translation>acertadas, de {n:,}; de {low:.1f} a {high:.1f} con una confianza del 95 %</translation>
    </message>
    <message>
        <source>same class</source>
        <translation>misma clase</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>guardado</translation>
    </message>
    <message>
        <source>selected</source>
        <translation>seleccionada</translation>
    </message>
    <message>
        <source>share</source>
        <translation>parte</translation>
    </message>
    <message>
        <source>smooth (Fourier)</source>
        <translation>suave (Fourier)</translation>
    </message>
    <message>
        <source>soft stripes</source>
        <translation>rayas suaves</translation>
    </message>
    <message>
        <source>squeeze</source>
        <translation>comprimida</translation>
    </message>
    <message>
        <source>stratified {folds}-fold cross-validation, {groups}</source>
        <translation>validación cruzada estratificada de {folds} particiones, {groups}</translation>
    </message>
    <message>
        <source>stretch</source>
        <translation>estirada</translation>
    </message>
    <message>
        <source>stripes</source>
        <translation>rayas</translation>
    </message>
    <message>
        <source>strongest share</source>
        <translation>parte más fuerte</translation>
    </message>
    <message>
        <source>the connection ended after {done:,} of {total:,} bytes</source>
        <translation>la conexión terminó tras {done:,} de {total:,} bytes</translation>
    </message>
    <message>
        <source>the map</source>
        <translation>el mapa</translation>
    </message>
    <message>
        <source>the rest</source>
        <translation>el resto</translation>
    </message>
    <message>
        <source>threshold</source>
        <translation>umbral</translation>
    </message>
    <message>
        <source>too few classes: by descriptors</source>
        <translation>muy pocas clases: por descriptores</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>deshecho</translation>
    </message>
    <message>
        <source>unit mean</source>
        <translation>media unitaria</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>desconocida</translation>
    </message>
    <message>
        <source>unknown, below {limit:.0f} %</source>
        <translation>desconocidas, por debajo del {limit:.0f} %</translation>
    </message>
    <message>
        <source>value</source>
        <translation>valor</translation>
    </message>
    <message>
        <source>watched</source>
        <translation>vigilada</translation>
    </message>
    <message>
        <source>weights (SHA-256)</source>
        <translation>pesos (SHA-256)</translation>
    </message>
    <message>
        <source>what tells classes apart</source>
        <translation>lo que distingue las clases</translation>
    </message>
    <message>
        <source>width of a stripe, px</source>
        <translation>anchura de una raya, px</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>equivocadas</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>sí</translation>
    </message>
    <message>
        <source>{attribute} has no classes to compare by.</source>
        <translation>{attribute} no tiene clases con que comparar.</translation>
    </message>
    <message>
        <source>{attribute}: back in evaluations</source>
        <translation>{attribute}: de nuevo en las evaluaciones</translation>
    </message>
    <message>
        <source>{attribute}: exemplar of {name}</source>
        <translation>{attribute}: ejemplar de {name}</translation>
    </message>
    <message>
        <source>{attribute}: label {before} → {after}</source>
        <translation>{attribute}: etiqueta {before} → {after}</translation>
    </message>
    <message>
        <source>{attribute}: left out of evaluations</source>
        <translation>{attribute}: excluida de las evaluaciones</translation>
    </message>
    <message>
        <source>{attribute}: no longer an exemplar of {name}</source>
        <translation>{attribute}: ya no es ejemplar de {name}</translation>
    </message>
    <message>
        <source>{attribute}: suggested {name}, {confidence:.0%}</source>
        <translation>{attribute}: sugerencia {name}, {confidence:.0%}</translation>
    </message>
    <message>
        <source>{attribute}: {said}</source>
        <translation>{attribute}: {said}</translation>
    </message>
    <message>
        <source>{backbone} block {blocks}, {pooling}</source>
        <translation>{backbone}, bloque {blocks}, {pooling}</translation>
    </message>
    <message>
        <source>{backbone} block {number}</source>
        <translation>{backbone}, bloque {number}</translation>
    </message>
    <message>
        <source>{backbone} blocks {blocks}, {pooling}</source>
        <translation>{backbone}, bloques {blocks}, {pooling}</translation>
    </message>
    <message>
        <source>{backbone} has no block {block}.</source>
        <translation>{backbone} no tiene el bloque {block}.</translation>
    </message>
    <message>
        <source>{backbone} {layers}, {pooling} weighted by the garment, {size} px {fit}</source>
        <translation>{backbone} {layers}, {pooling} ponderada por la prenda, {size} px {fit}</translation>
    </message>
    <message>
        <source>{backbone} {layers}, {pooling}, {size} px {fit}</source>
        <translation>{backbone} {layers}, {pooling}, {size} px {fit}</translation>
    </message>
    <message>
        <source>{channel} · mean {mean:.3g}, peak {peak:.3g} · {name}</source>
        <translation>{channel} · media {mean:.3g}, máximo {peak:.3g} · {name}</translation>
    </message>
    <message>
        <source>{class_name} {share:.0%}</source>
        <translation>{class_name} {share:.0%}</translation>
    </message>
    <message>
        <source>{class_name}: {share:.1%} · {name}</source>
        <translation>{class_name}: {share:.1%} · {name}</translation>
    </message>
    <message>
        <source>{confidence:.0%} confident, {right:.0%} right</source>
        <translation>{confidence:.0%} de confianza, {right:.0%} acertadas</translation>
    </message>
    <message>
        <source>{count} of {total} labeled {name} were decided {said}</source>
        <translation>{count} de {total} con la etiqueta {name} se decidieron como {said}</translation>
    </message>
    <message>
        <source>{dimensions} (all)</source>
        <translation>{dimensions} (todas)</translation>
    </message>
    <message>
        <source>{done:,} of {total:,}</source>
        <translation>{done:,} de {total:,}</translation>
    </message>
    <message>
        <source>{done:.1f} of {total:.1f} MB</source>
        <translation>{done:.1f} de {total:.1f} MB</translation>
    </message>
    <message>
        <source>{exemplars} of {classes}, each recognized from the others in five folds; copies of a file were kept together. Intervals that overlap mean no difference is proved. Another recipe means that every image is described once more.</source>
        <translation>{exemplars} de {classes}, cada uno reconocido a partir de los demás en cinco particiones; las copias de un archivo se mantuvieron juntas. Si los intervalos se solapan, no queda demostrada ninguna diferencia. Otra receta implica describir todas las imágenes una vez más.</translation>
    </message>
    <message>
        <source>{exemplars}, {method}, {images}, {unsure:,} unsure.</source>
        <translation>{exemplars}, {method}, {images}, {unsure:,} inseguras.</translation>
    </message>
    <message>
        <source>{first} and {second}</source>
        <translation>{first} y {second}</translation>
    </message>
    <message>
        <source>{first} and {second} share {n:,} of {total:,}.</source>
        <translation>{first} y {second} se confunden en {n:,} de {total:,}.</translation>
    </message>
    <message>
        <source>{first} rather than {second} · {name}</source>
        <translation>{first} y no {second} · {name}</translation>
    </message>
    <message>
        <source>{first}, {rest}</source>
        <translation>{first}, {rest}</translation>
    </message>
    <message>
        <source>{folder} has no sub-folder with images.</source>
        <translation>{folder} no tiene subcarpetas con imágenes.</translation>
    </message>
    <message>
        <source>{groups:,} groups, {spare:,} images beside those to keep</source>
        <translation>{groups:,} grupos, {spare:,} imágenes además de las que se quedan</translation>
    </message>
    <message>
        <source>{images} in {classes}</source>
        <translation>{images} en {classes}</translation>
    </message>
    <message>
        <source>{images} in {classes}, a sample of {total:,}</source>
        <translation>{images} en {classes}, una muestra de {total:,}</translation>
    </message>
    <message>
        <source>{images} in {classes}; {protocol}; recipe {recipe}.</source>
        <translation>{images} en {classes}; {protocol}; receta {recipe}.</translation>
    </message>
    <message>
        <source>{k:+.2f} deviations</source>
        <translation>{k:+.2f} desviaciones</translation>
    </message>
    <message>
        <source>{key} cannot be compared by {sign}.</source>
        <translation>{key} no se puede comparar con {sign}.</translation>
    </message>
    <message>
        <source>{key} needs a value.</source>
        <translation>{key} necesita un valor.</translation>
    </message>
    <message>
        <source>{kind}, {width} px, {angle:.0f}°</source>
        <translation>{kind}, {width} px, {angle:.0f}°</translation>
    </message>
    <message>
        <source>{label} → unknown ({best} {confidence})</source>
        <translation>{label} → desconocida ({best} {confidence})</translation>
    </message>
    <message>
        <source>{label} → {best}, {confidence} confident</source>
        <translation>{label} → {best}, confianza {confidence}</translation>
    </message>
    <message>
        <source>{layer}, channel {channels}: mean activation {value:.3g} after {n} steps</source>
        <translation>{layer}, canal {channels}: activación media {value:.3g} tras {n} pasos</translation>
    </message>
    <message>
        <source>{layer}, mean of channels {channels}: activation {value:.3g} after {n} steps</source>
        <translation>{layer}, media de los canales {channels}: activación {value:.3g} tras {n} pasos</translation>
    </message>
    <message>
        <source>{low:.0%} to {high:.0%}</source>
        <translation>De {low:.0%} a {high:.0%}</translation>
    </message>
    <message>
        <source>{low:.0f} to {high:.0f}</source>
        <translation>{low:.0f} a {high:.0f}</translation>
    </message>
    <message>
        <source>{low:.1%} to {high:.1%}</source>
        <translation>{low:.1%} a {high:.1%}</translation>
    </message>
    <message>
        <source>{month} {day}, {time}</source>
        <translation>{day} {month}, {time}</translation>
    </message>
    <message>
        <source>{n:,} alike</source>
        <translation>parecidos: {n:,}</translation>
    </message>
    <message>
        <source>{n:,} came later and lie beside those most like them</source>
        <translation>{n:,} llegaron después y están junto a las más parecidas</translation>
    </message>
    <message>
        <source>{n:,} came later and lies beside those most like it</source>
        <translation>{n:,} llegó después y está junto a las más parecidas</translation>
    </message>
    <message>
        <source>{n:,} changed</source>
        <translation>{n:,} con cambios</translation>
    </message>
    <message>
        <source>{n:,} class</source>
        <translation>{n:,} clase</translation>
    </message>
    <message>
        <source>{n:,} classes</source>
        <translation>{n:,} clases</translation>
    </message>
    <message>
        <source>{n:,} cluster</source>
        <translation>{n:,} conglomerado</translation>
    </message>
    <message>
        <source>{n:,} cluster, {noise:.0%} in none</source>
        <translation>{n:,} conglomerado, {noise:.0%} en ninguno</translation>
    </message>
    <message>
        <source>{n:,} clusters</source>
        <translation>{n:,} conglomerados</translation>
    </message>
    <message>
        <source>{n:,} clusters, {noise:.0%} in none</source>
        <translation>{n:,} conglomerados, {noise:.0%} en ninguno</translation>
    </message>
    <message>
        <source>{n:,} could not be read</source>
        <translation>{n:,} no se pudieron leer</translation>
    </message>
    <message>
        <source>{n:,} dropped item</source>
        <translation>{n:,} elemento soltado</translation>
    </message>
    <message>
        <source>{n:,} dropped items</source>
        <translation>{n:,} elementos soltados</translation>
    </message>
    <message>
        <source>{n:,} entries were written to {path}.</source>
        <translation>Se escribieron {n:,} entradas en {path}.</translation>
    </message>
    <message>
        <source>{n:,} entry was written to {path}.</source>
        <translation>Se escribió {n:,} entrada en {path}.</translation>
    </message>
    <message>
        <source>{n:,} exemplar</source>
        <translation>{n:,} ejemplar</translation>
    </message>
    <message>
        <source>{n:,} exemplar of {name} is unlike the others of the class</source>
        <translation>{n:,} ejemplar de {name} no se parece a los demás de la clase</translation>
    </message>
    <message>
        <source>{n:,} exemplar of {name} looks like {other}</source>
        <translation>{n:,} ejemplar de {name} se parece a {other}</translation>
    </message>
    <message>
        <source>{n:,} exemplar of {name} repeats another</source>
        <translation>{n:,} ejemplar de {name} repite otro</translation>
    </message>
    <message>
        <source>{n:,} exemplars</source>
        <translation>{n:,} ejemplares</translation>
    </message>
    <message>
        <source>{n:,} exemplars of {name} are unlike the others of the class</source>
        <translation>{n:,} ejemplares de {name} no se parecen a los demás de la clase</translation>
    </message>
    <message>
        <source>{n:,} exemplars of {name} look like {other}</source>
        <translation>{n:,} ejemplares de {name} se parecen a {other}</translation>
    </message>
    <message>
        <source>{n:,} exemplars of {name} repeat another</source>
        <translation>{n:,} ejemplares de {name} repiten otro</translation>
    </message>
    <message>
        <source>{n:,} file copied</source>
        <translation>Se copió {n:,} archivo</translation>
    </message>
    <message>
        <source>{n:,} file could not be read</source>
        <translation>No se pudo leer {n:,} archivo</translation>
    </message>
    <message>
        <source>{n:,} file could not be read.</source>
        <translation>No se pudo leer {n:,} archivo.</translation>
    </message>
    <message>
        <source>{n:,} file is missing</source>
        <translation>Falta {n:,} archivo</translation>
    </message>
    <message>
        <source>{n:,} file is missing.</source>
        <translation>Falta {n:,} archivo.</translation>
    </message>
    <message>
        <source>{n:,} file is there again</source>
        <translation>{n:,} archivo vuelve a estar disponible</translation>
    </message>
    <message>
        <source>{n:,} file moved and was found again</source>
        <translation>{n:,} archivo se movió y se volvió a encontrar</translation>
    </message>
    <message>
        <source>{n:,} file was copied to {folder}.</source>
        <translation>Se copió {n:,} archivo en {folder}.</translation>
    </message>
    <message>
        <source>{n:,} files are missing</source>
        <translation>Faltan {n:,} archivos</translation>
    </message>
    <message>
        <source>{n:,} files are missing.</source>
        <translation>Faltan {n:,} archivos.</translation>
    </message>
    <message>
        <source>{n:,} files are there again</source>
        <translation>{n:,} archivos vuelven a estar disponibles</translation>
    </message>
    <message>
        <source>{n:,} files copied</source>
        <translation>Se copiaron {n:,} archivos</translation>
    </message>
    <message>
        <source>{n:,} files could not be read</source>
        <translation>No se pudieron leer {n:,} archivos</translation>
    </message>
    <message>
        <source>{n:,} files could not be read.</source>
        <translation>No se pudieron leer {n:,} archivos.</translation>
    </message>
    <message>
        <source>{n:,} files moved and were found again</source>
        <translation>{n:,} archivos se movieron y se volvieron a encontrar</translation>
    </message>
    <message>
        <source>{n:,} files were copied to {folder}.</source>
        <translation>Se copiaron {n:,} archivos en {folder}.</translation>
    </message>
    <message>
        <source>{n:,} folder cannot be watched.</source>
        <translation>No se puede vigilar {n:,} carpeta.</translation>
    </message>
    <message>
        <source>{n:,} folders cannot be watched.</source>
        <translation>No se pueden vigilar {n:,} carpetas.</translation>
    </message>
    <message>
        <source>{n:,} group</source>
        <translation>{n:,} grupo</translation>
    </message>
    <message>
        <source>{n:,} groups</source>
        <translation>{n:,} grupos</translation>
    </message>
    <message>
        <source>{n:,} image</source>
        <translation>{n:,} imagen</translation>
    </message>
    <message>
        <source>{n:,} image beside the one to keep</source>
        <translation>{n:,} imagen además de la que se queda</translation>
    </message>
    <message>
        <source>{n:,} image selected; this is the current one</source>
        <translation>{n:,} imagen seleccionada; esta es la actual</translation>
    </message>
    <message>
        <source>{n:,} image, claimed {claimed:.0f} %, right {right:.0f} %</source>
        <translation>{n:,} imagen, confianza {claimed:.0f} %, aciertos {right:.0f} %</translation>
    </message>
    <message>
        <source>{n:,} image, {bad:,} could not be read.</source>
        <translation>{n:,} imagen; no se pudieron leer: {bad:,}.</translation>
    </message>
    <message>
        <source>{n:,} image; it is shown in the gallery by the button below</source>
        <translation>{n:,} imagen; se muestra en la galería con el botón de abajo</translation>
    </message>
    <message>
        <source>{n:,} images</source>
        <translation>{n:,} imágenes</translation>
    </message>
    <message>
        <source>{n:,} images beside those to keep</source>
        <translation>{n:,} imágenes además de las que se quedan</translation>
    </message>
    <message>
        <source>{n:,} images selected; this is the current one</source>
        <translation>{n:,} imágenes seleccionadas; esta es la actual</translation>
    </message>
    <message>
        <source>{n:,} images, claimed {claimed:.0f} %, right {right:.0f} %</source>
        <translation>{n:,} imágenes, confianza {claimed:.0f} %, aciertos {right:.0f} %</translation>
    </message>
    <message>
        <source>{n:,} images, {bad:,} could not be read.</source>
        <translation>{n:,} imágenes; no se pudieron leer: {bad:,}.</translation>
    </message>
    <message>
        <source>{n:,} images; they are shown in the gallery by the button below</source>
        <translation>{n:,} imágenes; se muestran en la galería con el botón de abajo</translation>
    </message>
    <message>
        <source>{n:,} item</source>
        <translation>{n:,} elemento</translation>
    </message>
    <message>
        <source>{n:,} items</source>
        <translation>{n:,} elementos</translation>
    </message>
    <message>
        <source>{n:,} label changed since: evaluate again to see what that brings.</source>
        <translation>Desde entonces cambió {n:,} etiqueta: evaluar de nuevo para ver qué aporta.</translation>
    </message>
    <message>
        <source>{n:,} labeled image could not be read now and is left out.</source>
        <translation>{n:,} imagen etiquetada no se pudo leer ahora y se excluye.</translation>
    </message>
    <message>
        <source>{n:,} labeled image is not in it</source>
        <translation>{n:,} imagen etiquetada no está en él</translation>
    </message>
    <message>
        <source>{n:,} labeled image. Each label is hidden once and decided from the others.</source>
        <translation>{n:,} imagen etiquetada. Cada etiqueta se oculta una vez y se decide a partir de las demás.</translation>
    </message>
    <message>
        <source>{n:,} labeled images are not in it</source>
        <translation>{n:,} imágenes etiquetadas no están en él</translation>
    </message>
    <message>
        <source>{n:,} labeled images could not be read now and are left out.</source>
        <translation>{n:,} imágenes etiquetadas no se pudieron leer ahora y se excluyen.</translation>
    </message>
    <message>
        <source>{n:,} labeled images. Each label is hidden once and decided from the others.</source>
        <translation>{n:,} imágenes etiquetadas. Cada etiqueta se oculta una vez y se decide a partir de las demás.</translation>
    </message>
    <message>
        <source>{n:,} labels changed since: evaluate again to see what that brings.</source>
        <translation>Desde entonces cambiaron {n:,} etiquetas: evaluar de nuevo para ver qué aportan.</translation>
    </message>
    <message>
        <source>{n:,} missing file is not in {folder}.</source>
        <translation>{n:,} archivo que falta no está en {folder}.</translation>
    </message>
    <message>
        <source>{n:,} missing files are not in {folder}.</source>
        <translation>{n:,} archivos que faltan no están en {folder}.</translation>
    </message>
    <message>
        <source>{n:,} never answer</source>
        <translation>{n:,} nunca responden</translation>
    </message>
    <message>
        <source>{n:,} never answers</source>
        <translation>{n:,} nunca responde</translation>
    </message>
    <message>
        <source>{n:,} new image</source>
        <translation>{n:,} imagen nueva</translation>
    </message>
    <message>
        <source>{n:,} new images</source>
        <translation>{n:,} imágenes nuevas</translation>
    </message>
    <message>
        <source>{n:,} not described yet</source>
        <translation>{n:,} sin describir</translation>
    </message>
    <message>
        <source>{n:,} odd</source>
        <translation>raros: {n:,}</translation>
    </message>
    <message>
        <source>{n:,} of the same product left out</source>
        <translation>{n:,} del mismo producto omitidas</translation>
    </message>
    <message>
        <source>{n:,} of {total:,}</source>
        <translation>{n:,} de {total:,}</translation>
    </message>
    <message>
        <source>{n:,} of {total:,} labeled {label}: decided {decision}</source>
        <translation>{n:,} de {total:,} con etiqueta {label}: decisión {decision}</translation>
    </message>
    <message>
        <source>{n:,} of {total:,} selected</source>
        <translation>Selección: {n:,} de {total:,}</translation>
    </message>
    <message>
        <source>{n:,} path copied</source>
        <translation>Se copió {n:,} ruta</translation>
    </message>
    <message>
        <source>{n:,} paths copied</source>
        <translation>Se copiaron {n:,} rutas</translation>
    </message>
    <message>
        <source>{n:,} picture was written to {path}.</source>
        <translation>Se escribió {n:,} imagen en {path}.</translation>
    </message>
    <message>
        <source>{n:,} pictures were written to {path}.</source>
        <translation>Se escribieron {n:,} imágenes en {path}.</translation>
    </message>
    <message>
        <source>{n:,} problem file</source>
        <translation>{n:,} archivo con problemas</translation>
    </message>
    <message>
        <source>{n:,} problem files</source>
        <translation>{n:,} archivos con problemas</translation>
    </message>
    <message>
        <source>{n:,} right now that were wrong</source>
        <translation>Ahora acertadas, antes equivocadas: {n:,}</translation>
    </message>
    <message>
        <source>{n:,} row was written to {path}.</source>
        <translation>Se escribió {n:,} fila en {path}.</translation>
    </message>
    <message>
        <source>{n:,} rows were written to {path}.</source>
        <translation>Se escribieron {n:,} filas en {path}.</translation>
    </message>
    <message>
        <source>{n:,} selected</source>
        <translation>selección: {n:,}</translation>
    </message>
    <message>
        <source>{n:,} thing to look at</source>
        <translation>{n:,} cosa que revisar</translation>
    </message>
    <message>
        <source>{n:,} things to look at</source>
        <translation>{n:,} cosas que revisar</translation>
    </message>
    <message>
        <source>{n:,} waiting to be described</source>
        <translation>{n:,} por describir</translation>
    </message>
    <message>
        <source>{n:,} wrong now that were right</source>
        <translation>Ahora equivocadas, antes acertadas: {n:,}</translation>
    </message>
    <message>
        <source>{name} could not be downloaded ({reason}).</source>
        <translation>No se pudo descargar {name} ({reason}).</translation>
    </message>
    <message>
        <source>{name} could not be read ({reason}).</source>
        <translation>No se pudo leer {name} ({reason}).</translation>
    </message>
    <message>
        <source>{name} could not be read now and is left out.</source>
        <translation>No se pudo leer {name} ahora y se excluye.</translation>
    </message>
    <message>
        <source>{name} from {limit:.0%}</source>
        <translation>{name} desde el {limit:.0%}</translation>
    </message>
    <message>
        <source>{name} has no described exemplar yet.</source>
        <translation>{name} no tiene aún ningún ejemplo descrito.</translation>
    </message>
    <message>
        <source>{name} has the common threshold</source>
        <translation>{name}: usar el umbral común</translation>
    </message>
    <message>
        <source>{name} has {n:,} exemplar</source>
        <translation>{name} tiene {n:,} ejemplar</translation>
    </message>
    <message>
        <source>{name} has {n:,} exemplars</source>
        <translation>{name} tiene {n:,} ejemplares</translation>
    </message>
    <message>
        <source>{name} has {width:,} x {height:,} pixels, more than the limit of {limit:,}.</source>
        <translation>{name} tiene {width:,} x {height:,} píxeles, más que el límite de {limit:,}.</translation>
    </message>
    <message>
        <source>{name} is a HEIC image.</source>
        <translation>{name} es una imagen HEIC.</translation>
    </message>
    <message>
        <source>{name} is cut short or damaged.</source>
        <translation>{name} está incompleta o dañada.</translation>
    </message>
    <message>
        <source>{name} is damaged and cannot be read.</source>
        <translation>{name} está dañada y no se puede leer.</translation>
    </message>
    <message>
        <source>{name} is damaged or in a format AttrLens does not read.</source>
        <translation>{name} está dañada o tiene un formato que AttrLens no lee.</translation>
    </message>
    <message>
        <source>{name} is empty (0 bytes).</source>
        <translation>{name} está vacía (0 bytes).</translation>
    </message>
    <message>
        <source>{name} is unknown below {limit:.0%}</source>
        <translation>{name}: desconocidas por debajo del {limit:.0%}</translation>
    </message>
    <message>
        <source>{name} is {kind}, not an image.</source>
        <translation>{name} es {kind}, no una imagen.</translation>
    </message>
    <message>
        <source>{name} · {text}</source>
        <translation>{name} · {text}</translation>
    </message>
    <message>
        <source>{name}, exemplar</source>
        <translation>{name}, ejemplar</translation>
    </message>
    <message>
        <source>{name}, labeled</source>
        <translation>{name}, etiquetada</translation>
    </message>
    <message>
        <source>{name}, suggested, {percent}</source>
        <translation>{name}, sugerida, {percent}</translation>
    </message>
    <message>
        <source>{name}: no exemplar, or not described yet</source>
        <translation>{name}: sin ejemplo, o aún sin describir</translation>
    </message>
    <message>
        <source>{name}: on its way…</source>
        <translation>{name}: en camino…</translation>
    </message>
    <message>
        <source>{name}: these weights score no classes</source>
        <translation>{name}: estos pesos no puntúan clases</translation>
    </message>
    <message>
        <source>{name}: {exemplars} of {classes}</source>
        <translation>{name}: {exemplars} de {classes}</translation>
    </message>
    <message>
        <source>{name}: {n:,} image, {exemplars:,} of them exemplars</source>
        <translation>{name}: {n:,} imagen, {exemplars:,} como ejemplar</translation>
    </message>
    <message>
        <source>{name}: {n:,} images, {exemplars:,} of them exemplars</source>
        <translation>{name}: {n:,} imágenes, {exemplars:,} de ellas como ejemplar</translation>
    </message>
    <message>
        <source>{name}: {said}</source>
        <translation>{name}: {said}</translation>
    </message>
    <message>
        <source>{note} Drag garments onto the panel on the left to make classes.</source>
        <translation>{note} Para crear clases, arrastrar prendas al panel de la izquierda.</translation>
    </message>
    <message>
        <source>{n} bytes</source>
        <translation>{n} bytes</translation>
    </message>
    <message>
        <source>{n} images cannot be looked for.</source>
        <translation>No se pueden buscar {n} imágenes.</translation>
    </message>
    <message>
        <source>{n} nearest exemplars, {metric}</source>
        <translation>{n} ejemplares más cercanos, distancia {metric}</translation>
    </message>
    <message>
        <source>{n} of {total} parts are there.</source>
        <translation>Partes listas: {n} de {total}.</translation>
    </message>
    <message>
        <source>{n} px wide</source>
        <translation>{n} px de ancho</translation>
    </message>
    <message>
        <source>{n} selected</source>
        <translation>{n} seleccionadas</translation>
    </message>
    <message>
        <source>{n} shown</source>
        <translation>{n} a la vista</translation>
    </message>
    <message>
        <source>{n} steps</source>
        <translation>{n} pasos</translation>
    </message>
    <message>
        <source>{n} would bring about {share:.0%}.</source>
        <translation>Con {n} se llegaría a cerca del {share:.0%}.</translation>
    </message>
    <message>
        <source>{pairs:,} pairs of the same class and {pairs:,} of different classes, for each class. The less the two overlap, the better.</source>
        <translation>{pairs:,} pares de la misma clase y {pairs:,} de clases distintas, por cada clase. Cuanto menos se solapen, mejor.</translation>
    </message>
    <message>
        <source>{path} could not be read ({reason}).</source>
        <translation>No se pudo leer {path} ({reason}).</translation>
    </message>
    <message>
        <source>{path} does not fit EfficientNet-Lite0 ({reason}).</source>
        <translation>{path} no corresponde a EfficientNet-Lite0 ({reason}).</translation>
    </message>
    <message>
        <source>{path} does not fit ResNet50 ({reason}).</source>
        <translation>{path} no corresponde a ResNet50 ({reason}).</translation>
    </message>
    <message>
        <source>{path} does not hold the layer {layer}.</source>
        <translation>{path} no contiene la capa {layer}.</translation>
    </message>
    <message>
        <source>{path} has no columns file and group.</source>
        <translation>{path} no tiene las columnas file y group.</translation>
    </message>
    <message>
        <source>{path} holds no block of ResNet50.</source>
        <translation>{path} no contiene ningún bloque de ResNet50.</translation>
    </message>
    <message>
        <source>{path} holds no layers of EfficientNet-Lite0.</source>
        <translation>{path} no contiene capas de EfficientNet-Lite0.</translation>
    </message>
    <message>
        <source>{path} is missing.</source>
        <translation>Falta {path}.</translation>
    </message>
    <message>
        <source>{path} is not a Keras HDF5 weights file ({reason}).</source>
        <translation>{path} no es un archivo de pesos HDF5 de Keras ({reason}).</translation>
    </message>
    <message>
        <source>{path} is not a NumPy weights file ({reason}).</source>
        <translation>{path} no es un archivo de pesos de NumPy ({reason}).</translation>
    </message>
    <message>
        <source>{path} is not an AttrLens catalog.</source>
        <translation>{path} no es un catálogo de AttrLens.</translation>
    </message>
    <message>
        <source>{path} is not there now</source>
        <translation>{path} no está disponible ahora</translation>
    </message>
    <message>
        <source>{path} lacks {n} layer, {layer}.</source>
        <translation>En {path} falta {n} capa, {layer}.</translation>
    </message>
    <message>
        <source>{path} lacks {n} layers, {layer} first.</source>
        <translation>En {path} faltan {n} capas; la primera, {layer}.</translation>
    </message>
    <message>
        <source>{path}: {value:.3g}
Double-click shows it.</source>
        <translation>{path}: {value:.3g}
Doble clic la muestra.</translation>
    </message>
    <message>
        <source>{place:,} of {n:,}</source>
        <translation>{place:,} de {n:,}</translation>
    </message>
    <message>
        <source>{pooling}, garment</source>
        <translation>{pooling}, prenda</translation>
    </message>
    <message>
        <source>{problem} It was left out.</source>
        <translation>{problem} Se excluyó.</translation>
    </message>
    <message>
        <source>{protocol}; seed {seed}.</source>
        <translation>{protocol}; semilla {seed}.</translation>
    </message>
    <message>
        <source>{protocol}; {n:,} not learned, their group is scored</source>
        <translation>{protocol}; {n:,} sin aprender, pues su grupo se evalúa</translation>
    </message>
    <message>
        <source>{rate:.1f} MB a second</source>
        <translation>{rate:.1f} MB por segundo</translation>
    </message>
    <message>
        <source>{rate} a second</source>
        <translation>{rate} por segundo</translation>
    </message>
    <message>
        <source>{recipe}; recipe {key}, weights {weights}…</source>
        <translation>{recipe}; receta {key}, pesos {weights}…</translation>
    </message>
    <message>
        <source>{right:,} of {n:,} would be recognized, were they no exemplars.</source>
        <translation>Se reconocerían {right:,} de {n:,} si no fueran ejemplares.</translation>
    </message>
    <message>
        <source>{right:,} of {total:,} images that are no exemplars agree with what is known ({share:.1%}).</source>
        <translation>{right:,} de {total:,} imágenes que no son ejemplares coinciden con lo conocido ({share:.1%}).</translation>
    </message>
    <message>
        <source>{share:.0%} of the channels are selective for color</source>
        <translation>{share:.0%} de los canales son selectivos al color</translation>
    </message>
    <message>
        <source>{share:.0%} of this catalog or more seems to be of no class.</source>
        <translation>El {share:.0%} de este catálogo o más no parece ser de ninguna clase.</translation>
    </message>
    <message>
        <source>{share:.0%} right with {count:.0f} exemplars a class</source>
        <translation>{share:.0%} acertadas con {count:.0f} ejemplares por clase</translation>
    </message>
    <message>
        <source>{share:.1%} of the cells</source>
        <translation>{share:.1%} de las celdas</translation>
    </message>
    <message>
        <source>{shown:,} of {total:,}</source>
        <translation>{shown:,} de {total:,}</translation>
    </message>
    <message>
        <source>{shown} of the {n:,} selected images are shown</source>
        <translation>Se muestran {shown} de las {n:,} imágenes seleccionadas</translation>
    </message>
    <message>
        <source>{size:,.0f} KB</source>
        <translation>{size:,.0f} KB</translation>
    </message>
    <message>
        <source>{size:,.1f} MB</source>
        <translation>{size:,.1f} MB</translation>
    </message>
    <message>
        <source>{spoke}. Click shows where in the picture.</source>
        <translation>{spoke}. Un clic muestra en qué lugar de la foto.</translation>
    </message>
    <message>
        <source>{text} is no region.</source>
        <translation>{text} no es una región.</translation>
    </message>
    <message>
        <source>{times:.1f} times its mean on the survey&apos;s photos</source>
        <translation>{times:.1f} veces su media en las fotos del sondeo</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>tiempo restante: {time}</translation>
    </message>
    <message>
        <source>{title} failed ({kind}: {reason}).</source>
        <translation>{title}: no se pudo completar ({kind}: {reason}).</translation>
    </message>
    <message>
        <source>{title} takes effect when AttrLens starts the next time.</source>
        <translation>{title}: el cambio surte efecto la próxima vez que se inicie AttrLens.</translation>
    </message>
    <message>
        <source>{value} is no date.</source>
        <translation>{value} no es una fecha.</translation>
    </message>
    <message>
        <source>{value} is no number.</source>
        <translation>{value} no es un número.</translation>
    </message>
    <message>
        <source>{what} ({n:,} no longer exemplar)</source>
        <translation>{what} ({n:,} ya no es ejemplar)</translation>
    </message>
    <message>
        <source>{what} ({n:,} no longer exemplars)</source>
        <translation>{what} ({n:,} ya no son ejemplares)</translation>
    </message>
    <message>
        <source>{what} at row {row}, column {column}: {value:.4g}</source>
        <translation>{what} en la fila {row}, columna {column}: {value:.4g}</translation>
    </message>
    <message>
        <source>{what} of {name}</source>
        <translation>{what} de {name}</translation>
    </message>
    <message>
        <source>{what}.</source>
        <translation>{what}.</translation>
    </message>
    <message>
        <source>{what}: {path}.</source>
        <translation>{what}: {path}.</translation>
    </message>
    <message>
        <source>{what}; {protocol}. AttrLens {version}, {made}.</source>
        <translation>{what}; {protocol}. AttrLens {version}, {made}.</translation>
    </message>
    <message>
        <source>{width:,} x {height:,} px</source>
        <translation>{width:,} x {height:,} px</translation>
    </message>
    <message>
        <source>{word} ({n:,} more)</source>
        <translation>{word} ({n:,} más)</translation>
    </message>
</context>
</TS>
